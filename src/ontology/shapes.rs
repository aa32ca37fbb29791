//! The rules over entities and statements, in SHACL, for anyone's validator.
//!
//! What [`validate`](crate::validate) checks follows from the ontology, and so do these shapes. The name of each shape
//! begins with the code of the finding that it stands for. Rules that SHACL's core cannot say are SHACL-SPARQL.

use std::fmt::{self, Write as _};

use super::term::{Datatype, Property, PropertyKind, Range};
use super::{Ontology, PREFIXES};
use crate::model::{ClassId, Language};

impl Ontology {
    /// Returns the shapes as Turtle, for data whose labels are needed in these languages.
    ///
    /// The shapes want the ontology beside the data, because classes are checked with their subclasses.
    #[must_use]
    pub fn shapes(&self, required: &[Language]) -> String {
        let mut out = String::new();
        // Writing to a string does not fail.
        let _ = Shapes { ontology: self, out: &mut out }.write(required);
        out
    }
}

struct Shapes<'a> {
    ontology: &'a Ontology,
    out: &'a mut String,
}

impl Shapes<'_> {
    fn write(&mut self, required: &[Language]) -> fmt::Result {
        writeln!(self.out, "# The rules over entities and statements, as SHACL shapes. Made from the ontology.\n")?;
        for (prefix, namespace) in PREFIXES {
            writeln!(self.out, "@prefix {prefix}: <{namespace}> .")?;
        }
        writeln!(self.out, "@prefix sh: <http://www.w3.org/ns/shacl#> .")?;
        writeln!(self.out, "@prefix shape: <https://w3id.org/rapporteur/shapes#> .\n")?;
        self.prefixes_for_sparql()?;
        for property in self.ontology.properties() {
            if property.kind == PropertyKind::Claim {
                self.domain(property)?;
            }
            if matches!(property.kind, PropertyKind::Claim | PropertyKind::Qualifier) {
                self.range(property)?;
            }
            self.order(property)?;
        }
        self.sources()?;
        self.labels(required)?;
        self.dates_of_events()?;
        self.contradictions()?;
        self.parts()?;
        self.isolation()?;
        self.acronyms()
    }

    fn class_name(&self, class: ClassId) -> &str {
        &self.ontology.class(class).name
    }

    fn domain(&mut self, property: &Property) -> fmt::Result {
        let Some(domain) = property.domain else { return Ok(()) };
        let (name, class) = (&property.name, self.class_name(domain).to_owned());
        writeln!(
            self.out,
            "shape:subject-outside-domain.{name} a sh:NodeShape ;\n    sh:targetSubjectsOf <{}> ;\n    sh:class rap:{class} .\n",
            property.iri
        )
    }

    fn range(&mut self, property: &Property) -> fmt::Result {
        let (code, constraint) = match property.range {
            Range::Entity(class) => ("object-outside-range", format!("sh:class rap:{}", self.class_name(class))),
            Range::Value(class) => ("unknown-value", format!("sh:class rap:{}", self.class_name(class))),
            Range::Literal(Datatype::AnyUri) => ("invalid-iri", "sh:nodeKind sh:IRI".to_owned()),
            Range::Literal(Datatype::PlainLiteral) => return Ok(()),
            Range::Literal(datatype) => ("literal-outside-range", format!("sh:datatype <{}>", datatype.iri())),
        };
        let name = &property.name;
        writeln!(
            self.out,
            "shape:{code}.{name} a sh:NodeShape ;\n    sh:targetSubjectsOf <{0}> ;\n    sh:property shape:{code}.{name}-value .\n\
             shape:{code}.{name}-value a sh:PropertyShape ;\n    sh:path <{0}> ;\n    {constraint} .\n",
            property.iri
        )
    }

    fn order(&mut self, property: &Property) -> fmt::Result {
        let Some(start) = property.not_before else { return Ok(()) };
        let (name, start) = (&property.name, &self.ontology.property(start).iri);
        writeln!(
            self.out,
            "shape:end-before-start.{name} a sh:NodeShape ;\n    sh:targetSubjectsOf <{0}Latest> ;\n    sh:property shape:end-before-start.{name}-value .\n\
             shape:end-before-start.{name}-value a sh:PropertyShape ;\n    sh:path <{start}Earliest> ;\n    sh:lessThanOrEquals <{0}Latest> .\n",
            property.iri
        )
    }

    fn sources(&mut self) -> fmt::Result {
        writeln!(
            self.out,
            "shape:statement-without-source a sh:NodeShape ;\n    sh:targetClass rap:Statement ;\n    sh:property shape:statement-without-source-value .\n\
             shape:statement-without-source-value a sh:PropertyShape ;\n    sh:path prov:hadPrimarySource ;\n    sh:minCount 1 .\n"
        )
    }

    fn labels(&mut self, required: &[Language]) -> fmt::Result {
        writeln!(
            self.out,
            "shape:several-labels a sh:NodeShape ;\n    sh:targetClass rap:Entity ;\n    sh:property shape:several-labels-value .\n\
             shape:several-labels-value a sh:PropertyShape ;\n    sh:path rdfs:label ;\n    sh:uniqueLang true .\n"
        )?;
        for language in required {
            writeln!(
                self.out,
                "shape:missing-label.{language} a sh:NodeShape ;\n    sh:targetClass rap:Entity ;\n    sh:property shape:missing-label.{language}-value .\n\
                 shape:missing-label.{language}-value a sh:PropertyShape ;\n    sh:path rdfs:label ;\n    sh:qualifiedValueShape [ sh:languageIn ( \"{language}\" ) ] ;\n    sh:qualifiedMinCount 1 .\n"
            )?;
        }
        Ok(())
    }

    fn dates_of_events(&mut self) -> fmt::Result {
        let (event, status) = (self.ontology.known().event, self.ontology.known().status);
        let said_of_events = |property: &&Property| {
            let date_or_status = match property.range {
                Range::Literal(Datatype::Edtf) => true,
                Range::Value(class) => class == status,
                Range::Entity(_) | Range::Literal(_) => false,
            };
            let meets = |domain| self.ontology.is_a(event, domain) || self.ontology.is_a(domain, event);
            property.kind == PropertyKind::Claim && date_or_status && property.domain.is_none_or(meets)
        };
        let paths: Vec<String> = self
            .ontology
            .properties()
            .iter()
            .filter(said_of_events)
            .map(|property| format!("<{}>", property.iri))
            .collect();
        writeln!(
            self.out,
            "shape:undated-event a sh:NodeShape ;\n    sh:targetClass rap:Event ;\n    sh:property shape:undated-event-value .\n\
             shape:undated-event-value a sh:PropertyShape ;\n    sh:path [ sh:alternativePath ( {} ) ] ;\n    sh:minCount 1 .\n",
            paths.join(" ")
        )
    }

    fn contradictions(&mut self) -> fmt::Result {
        for property in self
            .ontology
            .properties()
            .iter()
            .filter(|property| property.functional && property.kind == PropertyKind::Claim)
        {
            let query = format!(
                "SELECT DISTINCT $this WHERE {{ ?a rdf:subject $this ; rdf:predicate <{0}> ; rdf:object ?x ; rap:rank rap:preferred . \
                 ?b rdf:subject $this ; rdf:predicate <{0}> ; rdf:object ?y ; rap:rank rap:preferred . FILTER(!sameTerm(?x, ?y)) }}",
                property.iri
            );
            let target = format!("sh:targetSubjectsOf <{}>", property.iri);
            self.sparql(&format!("contradictory-claims.{}", property.name), &target, "sh:Violation", &query)?;
        }
        Ok(())
    }

    fn parts(&mut self) -> fmt::Result {
        let transitive =
            |property: &&Property| property.transitive && !property.symmetric && property.written_as.is_none();
        for property in self.ontology.properties().iter().filter(transitive) {
            let query = format!("SELECT $this WHERE {{ $this <{}>+ $this }}", property.iri);
            let target = format!("sh:targetSubjectsOf <{}>", property.iri);
            self.sparql(&format!("cyclic-part.{}", property.name), &target, "sh:Violation", &query)?;
        }
        Ok(())
    }

    fn isolation(&mut self) -> fmt::Result {
        let query = "SELECT $this WHERE { \
             FILTER NOT EXISTS { ?s rdf:subject $this ; rdf:object ?o . ?o a/rdfs:subClassOf* rap:Entity } \
             FILTER NOT EXISTS { ?s a rap:Statement ; ?p $this . FILTER(?p != rdf:subject) } \
             FILTER NOT EXISTS { ?x dcterms:source|prov:hadPrimarySource $this } \
             FILTER NOT EXISTS { ?x dcterms:isPartOf $this } }";
        self.sparql("isolated-entity", "sh:targetClass rap:Entity", "sh:Warning", query)
    }

    fn acronyms(&mut self) -> fmt::Result {
        let query = "SELECT DISTINCT $this WHERE { $this rap:acronym ?a . ?other rap:acronym ?b . \
             FILTER(?other != $this && lcase(str(?a)) = lcase(str(?b)) && lang(?a) = lang(?b)) }";
        self.sparql("shared-acronym", "sh:targetClass rap:Entity", "sh:Info", query)
    }

    fn sparql(&mut self, name: &str, target: &str, severity: &str, query: &str) -> fmt::Result {
        writeln!(
            self.out,
            "shape:{name} a sh:NodeShape ;\n    {target} ;\n    sh:severity {severity} ;\n    sh:sparql [\n        sh:prefixes shape:prefixes ;\n        sh:select \"\"\"{query}\"\"\"\n    ] .\n"
        )
    }

    fn prefixes_for_sparql(&mut self) -> fmt::Result {
        writeln!(self.out, "shape:prefixes a owl:Ontology ;")?;
        let declared: Vec<String> = PREFIXES
            .iter()
            .map(|(prefix, namespace)| {
                format!("    sh:declare [ sh:prefix \"{prefix}\" ; sh:namespace \"{namespace}\"^^xsd:anyURI ]")
            })
            .collect();
        writeln!(self.out, "{} .\n", declared.join(" ;\n"))
    }
}
