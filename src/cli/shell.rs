//! Commands as a shell reads them.

use std::path::Path;

/// A text as a shell takes it for one word.
pub(super) fn in_shell(text: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "_-./:".contains(c);
    if text.chars().all(is_plain) {
        text.to_owned()
    } else if cfg!(windows) {
        format!("\"{text}\"")
    } else {
        format!("'{}'", text.replace('\'', "'\\''"))
    }
}

/// A command as it is written for a data set, if one was named: what is said to be run next asks the same data.
pub(super) fn of_data(command: &str, data: Option<&Path>) -> String {
    let Some(folder) = data else { return command.to_owned() };
    let folder = in_shell(&folder.display().to_string());
    command.replace("rapporteur ", &format!("rapporteur --data {folder} "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_names_the_data_that_was_named() {
        let command = "All events: rapporteur draw --events";
        assert_eq!(of_data(command, None), command);
        let mine = of_data(command, Some(Path::new("mine")));
        assert_eq!(mine, "All events: rapporteur --data mine draw --events");
    }

    #[test]
    #[cfg(not(windows))]
    fn a_folder_is_one_word_of_a_shell() {
        for (folder, word) in [
            ("mine", "mine"),
            ("a b", "'a b'"),
            ("it's", "'it'\\''s'"),
            ("بيانات/1", "بيانات/1"),
            ("$x", "'$x'"),
            ("~x", "'~x'"),
        ] {
            assert_eq!(in_shell(folder), word);
        }
    }
}
