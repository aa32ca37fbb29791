//! The public interface as a list, kept in `docs/public-items.txt`: what a change adds to it or takes away is seen in the
//! change itself.
//!
//! The list is read from the sources: modules from the crate's root down, their public items, and what they export from
//! private modules. An item that a macro makes stands there as the call of that macro.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use expect_test::expect_file;
use quote::ToTokens;
use syn::{Attribute, Fields, ImplItem, Item, ItemImpl, Signature, TraitItem, UseTree, Visibility};

use crate::repository;

/// A module, with those in it.
struct Module {
    stage: String,
    items: Vec<Item>,
    modules: BTreeMap<String, (bool, Self)>,
}

impl Module {
    fn read(file: &Path, folder: &Path, stage: &str) -> Self {
        let parsed = syn::parse_file(&fs::read_to_string(file).unwrap()).unwrap();
        let (mut items, mut modules) = (Vec::new(), BTreeMap::new());
        for item in parsed.items.into_iter().filter(|item| !is_test(attributes(item))) {
            let Item::Mod(module) = &item else {
                items.push(item);
                continue;
            };
            let name = module.ident.to_string();
            let stage = if stage.is_empty() { name.as_str() } else { stage };
            let inside = folder.join(&name);
            let candidates: [PathBuf; 2] = [folder.join(format!("{name}.rs")), inside.join("mod.rs")];
            let file = candidates.iter().find(|path| path.is_file()).unwrap();
            modules.insert(name.clone(), (is_public(&module.vis), Self::read(file, &inside, stage)));
        }
        Self { stage: stage.to_owned(), items, modules }
    }

    /// Every implementation in the module and those in it, with the stage that it stands in.
    fn implementations<'a>(&'a self, found: &mut Vec<(&'a str, &'a ItemImpl)>) {
        for item in &self.items {
            if let Item::Impl(block) = item {
                found.push((&self.stage, block));
            }
        }
        self.modules.values().for_each(|(_, module)| module.implementations(found));
    }
}

/// Everything that is known of the crate, and the lines written so far.
struct Interface<'a> {
    /// For each type by stage and name, what is implemented for it.
    implementations: BTreeMap<(String, String), Vec<&'a ItemImpl>>,
    lines: Vec<String>,
}

impl<'a> Interface<'a> {
    fn module(&mut self, path: &str, module: &'a Module) {
        for item in &module.items {
            if let (Item::Use(exported), true) = (item, is_public(visibility(item))) {
                self.exported(path, module, &[], &exported.tree);
            } else {
                self.item(path, &module.stage, item);
            }
        }
        for (name, (public, inner)) in &module.modules {
            if *public {
                self.lines.push(format!("mod {path}::{name}"));
                self.module(&format!("{path}::{name}"), inner);
            }
        }
    }

    /// What a `pub use` makes public: an item of a module below, or something of another crate.
    fn exported(&mut self, path: &str, module: &'a Module, before: &[String], tree: &'a UseTree) {
        let joined = |last: &str| before.iter().map(String::as_str).chain([last]).collect::<Vec<_>>().join("::");
        let source = before
            .iter()
            .filter(|name| *name != "self")
            .try_fold(module, |module, name| module.modules.get(name).map(|(_, inner)| inner));
        match tree {
            UseTree::Path(further) => {
                let before: Vec<_> = before.iter().cloned().chain([further.ident.to_string()]).collect();
                self.exported(path, module, &before, &further.tree);
            }
            UseTree::Group(group) => {
                group.items.iter().for_each(|tree| self.exported(path, module, before, tree));
            }
            UseTree::Glob(_) => match source {
                Some(source) => source.items.iter().for_each(|item| self.item(path, &source.stage, item)),
                None => self.lines.push(format!("use {path}::* = {}", joined("*"))),
            },
            UseTree::Name(name) => {
                let name = name.ident.to_string();
                let found = source.and_then(|source| {
                    let named = source.items.iter().find(|item| ident(item).as_deref() == Some(&name));
                    named.map(|item| (source, item))
                });
                match found {
                    Some((source, item)) => self.item(path, &source.stage, item),
                    None => self.lines.push(format!("use {path}::{name} = {}", joined(&name))),
                }
            }
            UseTree::Rename(renamed) => {
                self.lines.push(format!("use {path}::{} = {}", renamed.rename, joined(&renamed.ident.to_string())));
            }
        }
    }

    fn item(&mut self, path: &str, stage: &str, item: &'a Item) {
        if let Item::Macro(call) = item {
            if call.ident.is_none() {
                let body = text(&call.mac.tokens);
                self.lines.push(format!("macro {path}: {}! {{ {} }}", text(&call.mac.path), shortened(&body)));
            }
            return;
        }
        if !is_public(visibility(item)) {
            return;
        }
        match item {
            Item::Fn(function) => self.lines.push(signature(path, &function.sig)),
            Item::Struct(item) => {
                self.kind("struct", path, &item.ident.to_string(), &item.generics, &item.attrs);
                self.fields(&format!("{path}::{}", item.ident), &item.fields, false);
                self.implemented(path, stage, &item.ident.to_string());
            }
            Item::Enum(item) => {
                self.kind("enum", path, &item.ident.to_string(), &item.generics, &item.attrs);
                for variant in &item.variants {
                    let variant_path = format!("{path}::{}::{}", item.ident, variant.ident);
                    self.lines.push(format!("variant {variant_path}"));
                    self.fields(&variant_path, &variant.fields, true);
                }
                self.implemented(path, stage, &item.ident.to_string());
            }
            Item::Trait(item) => {
                self.kind("trait", path, &item.ident.to_string(), &item.generics, &item.attrs);
                for inner in &item.items {
                    if let TraitItem::Fn(function) = inner {
                        self.lines.push(signature(&format!("{path}::{}", item.ident), &function.sig));
                    }
                }
            }
            Item::Type(item) => {
                self.lines.push(format!("type {path}::{}{} = {}", item.ident, text(&item.generics), text(&item.ty)));
            }
            Item::Const(item) => self.lines.push(format!("const {path}::{}: {}", item.ident, text(&item.ty))),
            Item::Static(item) => self.lines.push(format!("static {path}::{}: {}", item.ident, text(&item.ty))),
            other => self.lines.push(format!("other {path}: {}", text(other))),
        }
    }

    /// A type, with the traits that are derived for it and whether more may come to it.
    fn kind(&mut self, kind: &str, path: &str, name: &str, generics: &syn::Generics, attributes: &[Attribute]) {
        let mut derived = Vec::new();
        for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("derive")) {
            attribute
                .parse_nested_meta(|meta| {
                    derived.push(text(&meta.path));
                    Ok(())
                })
                .unwrap();
        }
        derived.sort();
        let open = attributes.iter().any(|attribute| attribute.path().is_ident("non_exhaustive"));
        let open = if open { " non_exhaustive" } else { "" };
        self.lines.push(format!("{kind} {path}::{name}{}{open} [{}]", text(generics), derived.join(" ")));
    }

    fn fields(&mut self, path: &str, fields: &Fields, all: bool) {
        for (number, field) in fields.iter().enumerate().filter(|(_, field)| all || is_public(&field.vis)) {
            let name = field.ident.as_ref().map_or(number.to_string(), ToString::to_string);
            self.lines.push(format!("field {path}::{name}: {}", text(&field.ty)));
        }
    }

    /// What is implemented for a type: its public functions and constants, and the traits.
    fn implemented(&mut self, path: &str, stage: &str, name: &str) {
        let blocks = self.implementations.get(&(stage.to_owned(), name.to_owned())).cloned().unwrap_or_default();
        let path = format!("{path}::{name}");
        for block in blocks {
            if let Some((of, _)) = &block.trait_ {
                self.lines.push(format!("impl {path}: {}", text(of)));
                continue;
            }
            for item in &block.items {
                match item {
                    ImplItem::Fn(function) if is_public(&function.vis) => {
                        self.lines.push(signature(&path, &function.sig));
                    }
                    ImplItem::Const(constant) if is_public(&constant.vis) => {
                        self.lines.push(format!("const {path}::{}: {}", constant.ident, text(&constant.ty)));
                    }
                    _ => {}
                }
            }
        }
    }
}

fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Mod(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        _ => &[],
    }
}

fn visibility(item: &Item) -> &Visibility {
    match item {
        Item::Const(item) => &item.vis,
        Item::Enum(item) => &item.vis,
        Item::Fn(item) => &item.vis,
        Item::Static(item) => &item.vis,
        Item::Struct(item) => &item.vis,
        Item::Trait(item) => &item.vis,
        Item::Type(item) => &item.vis,
        Item::Use(item) => &item.vis,
        _ => &Visibility::Inherited,
    }
}

fn ident(item: &Item) -> Option<String> {
    let ident = match item {
        Item::Const(item) => &item.ident,
        Item::Enum(item) => &item.ident,
        Item::Fn(item) => &item.sig.ident,
        Item::Static(item) => &item.ident,
        Item::Struct(item) => &item.ident,
        Item::Trait(item) => &item.ident,
        Item::Type(item) => &item.ident,
        _ => return None,
    };
    Some(ident.to_string())
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| attribute.path().is_ident("cfg") && text(attribute).contains("test"))
}

fn signature(path: &str, signature: &Signature) -> String {
    let text = text(signature);
    let name = signature.ident.to_string();
    let rest = text.split_once(&format!("fn {name}")).map_or("", |(_, rest)| rest);
    format!("fn {path}::{name}{}", rest.replace(",)", ")"))
}

/// Rust as people write it: tokens without the blanks between them that nobody needs.
fn text(tokens: &impl ToTokens) -> String {
    let mut text = tokens.to_token_stream().to_string();
    for (from, to) in [
        (" :: ", "::"),
        (":: ", "::"),
        (" < ", "<"),
        ("< ", "<"),
        (" >", ">"),
        ("& ", "&"),
        (" ,", ","),
        (" :", ":"),
        (" (", "("),
        ("( ", "("),
        (" )", ")"),
        (" ;", ";"),
        ("[ ", "["),
        (" ]", "]"),
        ("->", " ->"),
        ("  ->", " ->"),
        ("impl<", "impl <"),
        ("' ", "'"),
        ("->(", "-> ("),
        ("! ", "!"),
        ("- >", "->"),
    ] {
        text = text.replace(from, to);
    }
    text
}

/// The beginning of a long text, and how long it is.
fn shortened(text: &str) -> String {
    let documented = text.split("#[doc").count() > 1;
    let plain: String =
        if documented { text.rsplit(']').next().unwrap_or_default().trim().to_owned() } else { text.to_owned() };
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_list_of_public_items_is_kept() {
    let root = Module::read(&repository("src/lib.rs"), &repository("src"), "");
    let mut blocks = Vec::new();
    root.implementations(&mut blocks);
    let mut implementations: BTreeMap<_, Vec<&ItemImpl>> = BTreeMap::new();
    for (stage, block) in blocks {
        let syn::Type::Path(of) = &*block.self_ty else { continue };
        let Some(last) = of.path.segments.last() else { continue };
        implementations.entry((stage.to_owned(), last.ident.to_string())).or_default().push(block);
    }
    let mut interface = Interface { implementations, lines: Vec::new() };
    interface.module("rapporteur", &root);
    let mut lines = interface.lines;
    lines.sort();
    lines.dedup();
    assert!(lines.len() > 200, "{lines:?}");
    expect_file![repository("docs/public-items.txt")].assert_eq(&(lines.join("\n") + "\n"));
}

/// What a program shares between its threads.
#[test]
fn a_graph_and_what_is_made_of_it_can_be_shared_between_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<rapporteur::graph::KnowledgeGraph>();
    shared::<rapporteur::ontology::Ontology>();
    shared::<rapporteur::finding::Finding>();
    shared::<rapporteur::graph::View>();
    shared::<rapporteur::graph::Subgraph>();
    shared::<rapporteur::rdf::Projection<'static>>();
    shared::<rapporteur::export::Options>();
    shared::<rapporteur::draw::Picture>();
    shared::<rapporteur::query::Engine>();
    shared::<rapporteur::query::Answer>();
    shared::<rapporteur::query::QueryError>();
    shared::<rapporteur::export::ExportError>();
    shared::<rapporteur::draw::DrawError>();
    shared::<rapporteur::read::ReadError>();
}
