//! Writes the synthetic data set that figures of performance are measured on: `cargo run --example synthetic -- FOLDER N`.

use std::error::Error;
use std::path::Path;

#[path = "../benches/synthetic/mod.rs"]
mod synthetic;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, size] = arguments.as_slice() else {
        return Err("name a folder and a number of organizations".into());
    };
    Ok(synthetic::write(Path::new(folder), size.parse()?)?)
}
