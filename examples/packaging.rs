//! Writes what packages of the program hold besides it: `cargo run --example packaging -- FOLDER`. A manual page for the
//! program and for each command, completions for three shells, and the licence of the font that is in the binary.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use clap_complete::{Shell, generate_to};

/// The font, and where its crate keeps the licence.
const FONT: (&str, &str) = ("dejavu", "assets/dejavu-fonts-ttf-2.37/LICENSE");

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args_os().nth(1).ok_or("name a folder to write to")?;
    let folder = Path::new(&folder);
    fs::create_dir_all(folder)?;
    let command = rapporteur::cli::command();
    clap_mangen::generate_to(command.clone(), folder)?;
    for shell in [Shell::Bash, Shell::Zsh, Shell::Fish] {
        generate_to(shell, &mut command.clone(), "rapporteur", folder)?;
    }
    fs::copy(font()?, folder.join("LICENSE-DejaVu"))?;
    Ok(())
}

/// Where the licence of the font is: in the sources of its crate.
fn font() -> Result<PathBuf, Box<dyn Error>> {
    let cargo = option_env!("CARGO").unwrap_or("cargo");
    let output = Command::new(cargo).args(["metadata", "--format-version", "1", "--locked"]).output()?;
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout)?;
    let packages = metadata["packages"].as_array().into_iter().flatten();
    let manifest =
        packages.filter(|package| package["name"] == FONT.0).find_map(|package| package["manifest_path"].as_str());
    let manifest = manifest.ok_or("cargo knows no crate of the font")?;
    Ok(Path::new(manifest).with_file_name(FONT.1))
}
