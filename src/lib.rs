//! Links organizations, initiatives and events into one graph in which every statement cites its paragraph.

pub mod export;
pub mod finding;
pub mod graph;
pub mod link;
pub mod model;
pub mod ontology;
pub mod rdf;
pub mod read;
pub mod validate;
