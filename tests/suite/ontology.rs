use std::collections::{BTreeMap, BTreeSet};

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::Term;
use rapporteur::model::{ClassId, Language, Object, PropertyId};
use rapporteur::ontology::{Labels, Ontology, PropertyKind, Range, TURTLE};

use crate::shipped;

/// The IRIs that have a note on why they are declared.
fn noted() -> BTreeSet<String> {
    let quads = RdfParser::from_format(RdfFormat::Turtle).for_slice(TURTLE.as_bytes()).map(Result::unwrap);
    quads
        .filter(|quad| quad.predicate.as_str().ends_with("core#editorialNote"))
        .map(|quad| match quad.subject {
            oxigraph::model::NamedOrBlankNode::NamedNode(node) => node.into_string(),
            oxigraph::model::NamedOrBlankNode::BlankNode(_) => panic!("a blank node"),
        })
        .collect()
}

#[test]
fn every_term_is_named_and_defined_in_six_languages() {
    let ontology = Ontology::shipped().unwrap();
    let texts = |iri: &str, labels: &Labels, definitions: &Labels| {
        for tag in Language::UN {
            let language = Language::parse(tag).unwrap();
            assert!(labels.contains_key(&language) && definitions.contains_key(&language), "{iri} in {tag}");
        }
    };
    ontology.classes().iter().for_each(|class| texts(&class.iri, &class.labels, &class.definitions));
    ontology.properties().iter().for_each(|property| texts(&property.iri, &property.labels, &property.definitions));
    ontology.values().iter().for_each(|value| texts(&value.iri, &value.labels, &value.definitions));
}

/// The terms that are no part of the model of entities, such as the colour of a class, are seen in the text only.
#[test]
fn what_has_a_label_or_a_definition_has_one_in_all_six_languages() {
    let mut languages: BTreeMap<(String, String), BTreeSet<String>> = BTreeMap::new();
    for quad in RdfParser::from_format(RdfFormat::Turtle).for_slice(TURTLE.as_bytes()).map(Result::unwrap) {
        let is_text =
            ["rdf-schema#label", "core#definition"].iter().any(|name| quad.predicate.as_str().ends_with(name));
        if let (true, Term::Literal(text)) = (is_text, &quad.object) {
            let language = text.language().unwrap_or_default().to_owned();
            let texts = languages.entry((quad.subject.to_string(), quad.predicate.to_string())).or_default();
            assert!(texts.insert(language), "{quad}");
        }
    }
    let all = Language::UN.map(str::to_owned).into();
    assert!(languages.len() > 500);
    for (text, found) in languages {
        assert_eq!(found, all, "{text:?}");
    }
}

#[test]
fn no_two_properties_are_called_the_same_in_a_language() {
    let ontology = Ontology::shipped().unwrap();
    let mut seen = BTreeMap::new();
    for property in ontology.properties() {
        for label in &property.labels {
            let other = seen.insert(label, &property.name);
            assert_eq!(other, None, "{} is also called {label:?}", property.name);
        }
    }
}

/// No two units are called the same, whatever the languages of a data set are; a code counts as a name.
#[test]
fn no_two_units_are_called_the_same() {
    let ontology = Ontology::shipped().unwrap();
    let unit = ontology.class_by_name("Unit").unwrap();
    let mut seen = BTreeMap::new();
    let units = ontology.values().iter().filter(|value| value.class == unit);
    for value in units {
        let names: BTreeSet<_> =
            value.labels.values().chain(&value.code).chain([&value.name]).map(|name| name.to_lowercase()).collect();
        for name in names {
            let other = seen.insert(name.clone(), &value.name);
            assert_eq!(other, None, "{} is also called {name}", value.name);
        }
    }
}

#[test]
fn a_class_that_cannot_be_drawn_as_declared_is_refused() {
    let with = |style: &str| {
        let prefixes =
            "@prefix rap: <https://w3id.org/rapporteur/ns#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .";
        Ontology::with(&[&format!("{prefixes} <https://example.org/ns#Choir> a owl:Class ; {style} .")]).map(|_| ())
    };
    assert!(with("rap:shape \"octagon\" ; rap:colour \"#a0B1c2\"").is_ok());
    let error = with("rap:shape \"blob\"").unwrap_err().to_string();
    assert!(error.starts_with("the class `Choir` has the shape `blob`, which is none of box, ellipse,"), "{error}");
    for colour in ["red", "#abc", "#1234567", "#12345é", "#12345g"] {
        let error = with(&format!("rap:colour \"{colour}\"")).unwrap_err().to_string();
        assert_eq!(error, format!("the class `Choir` has the colour `{colour}`, which is not written as #RRGGBB"));
    }
}

#[test]
fn every_link_has_an_inverse_that_points_back() {
    let ontology = Ontology::shipped().unwrap();
    for (id, property) in ontology.property_ids().zip(ontology.properties()) {
        if property.kind != PropertyKind::Claim || !property.links_entities() {
            continue;
        }
        let inverse = property.inverse.unwrap_or_else(|| panic!("{} has no inverse", property.name));
        let back = ontology.property(inverse);
        assert_eq!(back.inverse, Some(id), "{}", property.name);
        assert_eq!(
            (property.domain.map(Range::Entity), Some(property.range)),
            (Some(back.range), back.domain.map(Range::Entity))
        );
    }
}

#[test]
fn base_classes_differ_in_shape_and_colour() {
    let ontology = Ontology::shipped().unwrap();
    let base: Vec<_> = ontology.classes().iter().filter(|class| class.shape.is_some()).collect();
    assert_eq!(base.len(), 8);
    let shapes: BTreeSet<_> = base.iter().map(|class| class.shape).collect();
    let colours: BTreeSet<_> = base.iter().map(|class| class.colour).collect();
    assert_eq!((shapes.len(), colours.len()), (base.len(), base.len()));
}

#[test]
fn no_term_is_unused_without_a_reason() {
    let graph = shipped();
    let (ontology, noted) = (graph.ontology(), noted());
    let mut properties: BTreeMap<PropertyId, usize> = BTreeMap::new();
    let mut values = BTreeSet::new();
    let mut used = |property: PropertyId, object: Object| {
        *properties.entry(property).or_default() += 1;
        if let Object::Value(value) = object {
            values.insert(value);
        }
    };
    for statement in graph.statements() {
        used(statement.property, statement.object);
        graph.qualifiers(statement).iter().for_each(|qualifier| used(qualifier.property, qualifier.value));
    }
    let nothing = Object::Entity(graph.entity_ids().next().unwrap());
    for entity in graph.entity_ids() {
        graph.attributes(entity).iter().for_each(|attribute| used(attribute.property, nothing));
    }
    for paragraph in graph.paragraphs() {
        graph.paragraph_attributes(paragraph).iter().for_each(|attribute| used(attribute.property, nothing));
    }
    for (id, property) in ontology.property_ids().zip(ontology.properties()) {
        let inverse_of_another = property.written_as.is_some();
        let written_by_the_program = property.kind == PropertyKind::Computed || property.name == "number";
        assert!(
            properties.contains_key(&id)
                || inverse_of_another
                || written_by_the_program
                || noted.contains(&property.iri),
            "{} is not used",
            property.name
        );
    }
    let ranks = ontology.class_by_name("Rank").unwrap();
    for (id, value) in ontology.value_ids().zip(ontology.values()) {
        assert!(
            value.class == ranks || values.contains(&id) || noted.contains(&value.iri),
            "{} is not used",
            value.name
        );
    }
    let classes: BTreeSet<ClassId> = graph.entities().iter().map(|entity| entity.class).collect();
    for (id, class) in ontology.class_ids().zip(ontology.classes()) {
        let used = classes.iter().any(|&used| ontology.is_a(used, id));
        let of_the_model = ["Statement", "Qualifier", "Derived", "Paragraph", "Value"].contains(&class.name.as_str());
        let of_values = ontology.class_by_name("Value").is_some_and(|value| ontology.is_a(id, value));
        assert!(used || of_the_model || of_values || noted.contains(&class.iri), "{} is not used", class.name);
    }
}

#[test]
fn the_ontology_has_no_blank_nodes() {
    for quad in RdfParser::from_format(RdfFormat::Turtle).for_slice(TURTLE.as_bytes()).map(Result::unwrap) {
        assert!(quad.subject.is_named_node() && !matches!(quad.object, Term::BlankNode(_)), "{quad}");
    }
}
