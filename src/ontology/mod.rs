//! The model, declared once: classes, properties, qualifiers and controlled values with their labels.
//!
//! [`Ontology::shipped`] reads `ontology/rapporteur.ttl`, which is part of the binary; [`Ontology::with`] adds terms
//! from another file. What a column header means, which links are legal, how an edge is labelled and how a class is
//! drawn all follow from here.

mod declaration;
mod header;
mod known;
mod load;
mod look;
mod reserved;
mod search;
mod shapes;
mod term;
mod vocabulary;
mod word;

pub(crate) use declaration::Declaration;
pub(crate) use header::{Column, HeaderError, nearest};
pub(crate) use known::Known;
pub use load::OntologyError;
pub use look::{Colour, Shape};
pub(crate) use reserved::{RESERVED, Reserved};
pub(crate) use search::Term;
pub(crate) use term::preferred;
pub use term::{Class, Datatype, Labels, Property, PropertyKind, Range, Value};
pub(crate) use vocabulary::*;
pub(crate) use word::WordError;

use std::sync::OnceLock;

use hashbrown::HashMap;

use self::word::Words;
use crate::model::{ClassId, PropertyId, ValueId};

/// The declared terms, each kind sorted by local name.
#[derive(Debug, Clone)]
pub struct Ontology {
    classes: Vec<Class>,
    properties: Vec<Property>,
    values: Vec<Value>,
    // Only looked up, for every row of a table, never walked: their order reaches no output.
    class_by_name: HashMap<String, ClassId>,
    property_by_name: HashMap<String, PropertyId>,
    value_by_name: HashMap<String, ValueId>,
    known: Known,
    // Made when something is called otherwise than by its local name.
    words: OnceLock<Words>,
    texts: Vec<String>,
    declaration: Declaration,
}

/// The ontology's Turtle, as shipped.
pub const TURTLE: &str = include_str!("../../ontology/rapporteur.ttl");

impl Ontology {
    /// Returns the Turtle texts that declare the terms, the shipped one first.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.texts.iter().map(String::as_str)
    }

    /// Returns the terms that the program itself needs.
    #[must_use]
    pub(crate) fn known(&self) -> &Known {
        &self.known
    }

    /// Returns a class. O(1).
    #[must_use]
    #[inline]
    pub fn class(&self, id: ClassId) -> &Class {
        &self.classes[id.index()]
    }

    /// Returns a property or qualifier. O(1).
    #[must_use]
    #[inline]
    pub fn property(&self, id: PropertyId) -> &Property {
        &self.properties[id.index()]
    }

    /// Returns a controlled value. O(1).
    #[must_use]
    #[inline]
    pub fn value(&self, id: ValueId) -> &Value {
        &self.values[id.index()]
    }

    /// Returns all classes, sorted by local name.
    #[must_use]
    #[inline]
    pub fn classes(&self) -> &[Class] {
        &self.classes
    }

    /// Returns all properties and qualifiers, sorted by local name.
    #[must_use]
    #[inline]
    pub fn properties(&self) -> &[Property] {
        &self.properties
    }

    /// Returns all controlled values, sorted by local name.
    #[must_use]
    pub fn values(&self) -> &[Value] {
        &self.values
    }

    /// Returns the numbers of all classes, in their order.
    pub fn class_ids(&self) -> impl Iterator<Item = ClassId> + use<> {
        (0..).map(ClassId::new).take(self.classes.len())
    }

    /// Returns the numbers of all properties and qualifiers, in their order.
    pub fn property_ids(&self) -> impl Iterator<Item = PropertyId> + use<> {
        (0..).map(PropertyId::new).take(self.properties.len())
    }

    /// Returns the numbers of all controlled values, in their order.
    pub fn value_ids(&self) -> impl Iterator<Item = ValueId> + use<> {
        (0..).map(ValueId::new).take(self.values.len())
    }

    /// Returns the class of that local name.
    #[must_use]
    pub fn class_by_name(&self, name: &str) -> Option<ClassId> {
        self.class_by_name.get(name).copied()
    }

    /// Returns the property or qualifier of that local name.
    #[must_use]
    pub fn property_by_name(&self, name: &str) -> Option<PropertyId> {
        self.property_by_name.get(name).copied()
    }

    /// Returns the controlled value of that local name.
    #[must_use]
    pub fn value_by_name(&self, name: &str) -> Option<ValueId> {
        self.value_by_name.get(name).copied()
    }

    /// Tells whether a class is another or one of its subclasses, over any number of steps. O(1).
    ///
    /// ```
    /// use rapporteur::ontology::Ontology;
    ///
    /// let ontology = Ontology::shipped()?;
    /// let [conference, event] = ["Conference", "Event"].map(|name| ontology.class_by_name(name).unwrap());
    /// assert!(ontology.is_a(conference, event) && !ontology.is_a(event, conference));
    /// # Ok::<(), rapporteur::ontology::OntologyError>(())
    /// ```
    #[must_use]
    pub fn is_a(&self, class: ClassId, ancestor: ClassId) -> bool {
        self.classes[class.index()].ancestors.binary_search(&ancestor).is_ok()
    }

    /// Returns the nearest class, itself included, for which `wanted` is true. Parents are tried level by level, in the
    /// order of their names.
    #[must_use]
    pub(crate) fn nearest(&self, class: ClassId, wanted: impl Fn(&Class) -> bool) -> Option<&Class> {
        let mut level = vec![class];
        while !level.is_empty() {
            if let Some(&found) = level.iter().find(|&&id| wanted(self.class(id))) {
                return Some(self.class(found));
            }
            let mut next: Vec<_> = level.iter().flat_map(|&id| self.class(id).parents.iter().copied()).collect();
            next.sort_unstable();
            next.dedup();
            level = next;
        }
        None
    }

    /// Returns the base class of a class: the nearest that says how it is drawn, such as Organization or Event.
    ///
    /// ```
    /// use rapporteur::ontology::Ontology;
    ///
    /// let ontology = Ontology::shipped()?;
    /// let agency = ontology.class_by_name("SpecializedAgency").unwrap();
    /// assert_eq!(ontology.base_class(agency).unwrap().name, "Organization");
    /// # Ok::<(), rapporteur::ontology::OntologyError>(())
    /// ```
    #[must_use]
    pub fn base_class(&self, class: ClassId) -> Option<&Class> {
        self.nearest(class, |class| class.shape.is_some())
    }
}
