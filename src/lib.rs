//! Links organizations, initiatives and events into one graph in which every statement cites its paragraph.

pub mod finding;
pub mod graph;
pub mod link;
pub mod model;
pub mod ontology;
pub mod read;
pub mod validate;
