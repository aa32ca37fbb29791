//! What is answered to each request of the protocol.

use std::sync::Arc;

use rmcp::ServerHandler;
use rmcp::model::{
    CacheScope, CallToolRequestParams, CallToolResponse, CallToolResult, ContentBlock, ErrorData, Implementation,
    ListResourceTemplatesResult, ListResourcesResult, ListToolsResult, PaginatedRequestParams,
    ReadResourceRequestParams, ReadResourceResponse, ReadResourceResult, ServerCapabilities, ServerConfig,
};
use rmcp::service::{RequestContext, RoleServer};
use serde_json::{Map, Value};

use super::look::Looking;
use super::part::Called;
use super::refusal::Refusal;
use super::tool::Tool;
use super::{query, question, resource};
use crate::model::Language;
use crate::ontology::preferred;
use crate::rdf::base_iri;
use crate::serve::address;
use crate::serve::server::{Current, Server};

/// Who speaks for a server, or for those that take its place when the data change.
pub(super) struct Speaker {
    current: Current,
    /// The scheme and the host by which the server is asked, if it is over HTTP.
    origin: Option<String>,
}

/// What a tool tells, and a picture of it.
type Told = (Value, Option<ContentBlock>);

/// How long what does not change while the server runs may be kept, in milliseconds.
const KEPT: u64 = 60_000;

impl Speaker {
    pub(super) fn new(current: Current, origin: Option<String>) -> Self {
        Self { current, origin }
    }

    /// What the graph is, and how to use it.
    fn instructions(&self) -> String {
        let server = self.current.now();
        let graph = &server.served.graph;
        let languages = graph.languages(None);
        let config = graph.config();
        let title = preferred(&config.title, &languages).unwrap_or(&config.id);
        let tags: Vec<_> = server.served.languages.iter().map(Language::as_str).collect();
        let reports: Vec<_> = graph
            .reports()
            .iter()
            .map(|&report| format!("{} ({})", graph.label(report, &languages), graph.id(report)))
            .collect();
        let reports = if reports.is_empty() { String::new() } else { format!(" made from {}", reports.join("; ")) };
        let base = base_iri(graph);
        let opened = match self.origin.as_ref().zip(address::path_of(graph, base)) {
            Some((origin, path)) => {
                format!("\nIRIs that begin with {base} can be opened at {origin}{path} in place of that.")
            }
            None => String::new(),
        };
        format!(
            "{title}: a knowledge graph of {} entities and {} statements{reports}. Names are in {}.\n\
            Every statement is stated by paragraphs of documents, which `citations` name. Cite them after all that you say \
            from this graph, as `cite` has them, such as [c24#2.10], with the title of the document where it is not clear. \
            What no statement says is not in the graph: say so, and do not add to it. A statement whose rank is deprecated is \
            a claim that others have replaced.\n\
            Begin with `search` for an entity, or `questions` for what can be asked; then `describe`, `ask`, `paths` or \
            `paragraph`. `query` is for what no question asks. Answers are short: `total` says how much there is, and \
            `next_cursor`, given as `cursor` with all other arguments as before, leads on.{opened}",
            graph.entities().len(),
            graph.statements().len(),
            tags.join(", "),
        )
    }
}

/// What a tool answers: the whole answer is of one state of the data.
async fn call(server: &Server, tool: Tool, arguments: Map<String, Value>) -> Result<CallToolResult, Refusal> {
    let (told, picture) = match tool {
        Tool::Search => look(server, tool, arguments, |looking| Ok((looking.search()?, None))).await?,
        Tool::Describe => look(server, tool, arguments, |looking| Ok((looking.describe()?, None))).await?,
        Tool::Paragraph => look(server, tool, arguments, |looking| Ok((looking.paragraph()?, None))).await?,
        Tool::Paths => look(server, tool, arguments, |looking| Ok((looking.paths()?, None))).await?,
        Tool::Questions => look(server, tool, arguments, |looking| Ok((looking.questions()?, None))).await?,
        Tool::Draw => {
            let drawn = |looking: &Looking<'_>| looking.draw().map(|(told, picture)| (told, Some(picture)));
            look(server, tool, arguments, drawn).await?
        }
        Tool::Ask => (question::ask(server, called(server, tool, &arguments)).await?, None),
        Tool::Query => (query::query(server, called(server, tool, &arguments)).await?, None),
    };
    let mut result = CallToolResult::structured(told);
    result.content.extend(picture);
    Ok(result)
}

fn called<'a>(server: &'a Server, tool: Tool, arguments: &'a Map<String, Value>) -> Called<'a> {
    Called { tool: tool.name(), arguments, digest: &server.served.digest }
}

/// Does what needs the graph only, on the threads that have room for it.
async fn look(
    server: &Server,
    tool: Tool,
    arguments: Map<String, Value>,
    done: fn(&Looking<'_>) -> Result<Told, Refusal>,
) -> Result<Told, Refusal> {
    let data = &server.served;
    let (graph, names, digest) = (Arc::clone(&data.graph), Arc::clone(data.names()), data.digest.clone());
    let looked = data.pages.with(move |_| {
        let called = Called { tool: tool.name(), arguments: &arguments, digest: &digest };
        done(&Looking { graph: &graph, names: &names, called })
    });
    looked.await?
}

impl ServerHandler for Speaker {
    fn get_info(&self) -> ServerConfig {
        let capabilities = ServerCapabilities::builder().enable_tools().enable_resources().build();
        ServerConfig::new(capabilities)
            .with_server_info(Implementation::new("rapporteur", env!("CARGO_PKG_VERSION")))
            .with_instructions(self.instructions())
    }

    async fn list_tools(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        let tools = Tool::ALL.map(Tool::declared).to_vec();
        Ok(ListToolsResult::with_all_items(tools).with_ttl_ms(KEPT).with_cache_scope(CacheScope::Public))
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let tool = Tool::from_name(&request.name)
            .ok_or_else(|| ErrorData::invalid_params(format!("there is no tool `{}`", request.name), None))?;
        let server = self.current.now();
        // Whoever called may go away, or want no answer any more: what is being done then ends.
        let answered = tokio::select! {
            answered = call(&server, tool, request.arguments.unwrap_or_default()) => answered,
            () = context.ct.cancelled() => Err(Refusal::new("the call was cancelled")),
        };
        Ok(answered.unwrap_or_else(CallToolResult::from).into())
    }

    async fn list_resources(
        &self,
        request: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListResourcesResult, ErrorData> {
        let server = self.current.now();
        let data = &server.served;
        let cursor = request.and_then(|request| request.cursor);
        let (resources, next) =
            resource::listed(&data.graph, &data.digest, cursor.as_deref()).map_err(|refusal| invalid(&refusal))?;
        let mut listed =
            ListResourcesResult::with_all_items(resources).with_ttl_ms(0).with_cache_scope(CacheScope::Public);
        listed.next_cursor = next;
        Ok(listed)
    }

    async fn list_resource_templates(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListResourceTemplatesResult, ErrorData> {
        let templates = resource::templates(&self.current.now().served.graph);
        Ok(ListResourceTemplatesResult::with_all_items(templates)
            .with_ttl_ms(KEPT)
            .with_cache_scope(CacheScope::Public))
    }

    async fn read_resource(
        &self,
        request: ReadResourceRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<ReadResourceResponse, ErrorData> {
        let server = self.current.now();
        let data = &server.served;
        let (graph, names, digest) = (Arc::clone(&data.graph), Arc::clone(data.names()), data.digest.clone());
        let iri = request.uri.clone();
        let read = data.pages.with(move |_| resource::read(&graph, &names, &digest, &iri));
        let read = read.await.map_err(Refusal::from).and_then(|read| read).map_err(|refusal| invalid(&refusal))?;
        let contents = read.ok_or_else(|| {
            ErrorData::resource_not_found(format!("there is no entity and no paragraph <{}>", request.uri), None)
        })?;
        Ok(ReadResourceResult::new(vec![contents]).with_ttl_ms(0).with_cache_scope(CacheScope::Public).into())
    }
}

fn invalid(refusal: &Refusal) -> ErrorData {
    ErrorData::invalid_params(refusal.text(), None)
}
