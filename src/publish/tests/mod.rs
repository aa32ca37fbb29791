//! What is made for people, of the shipped data and of small data sets.

/// Functions, called once.
mod called;
mod explore;
mod question;
mod site;
mod source;
mod view;
