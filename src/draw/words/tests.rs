use super::*;

/// Every word with the name of its field, which the six of an array share.
fn fields(words: &Words) -> Vec<(String, String)> {
    let text = format!("{words:#?}");
    let mut name = "";
    let mut fields = Vec::new();
    for line in text.lines().map(str::trim) {
        if let Some((field, _)) = line.split_once(": ").filter(|(field, _)| !field.starts_with('"')) {
            name = field;
        }
        if let (Some(first), Some(last)) = (line.find('"'), line.rfind('"')) {
            fields.push((name.to_owned(), line[first + 1..last].to_owned()));
        }
    }
    fields
}

#[test]
fn patterns_have_the_same_gaps_in_every_language() {
    let gaps = |words: &Words| -> Vec<_> {
        let fields = fields(words).into_iter();
        fields.map(|(name, text)| (name, text.matches("{}").count())).collect()
    };
    assert!(gaps(&ENGLISH).len() > 64);
    for words in Words::ALL {
        assert_eq!(gaps(words), gaps(&ENGLISH), "{}", words.tag);
    }
}

#[test]
fn nothing_is_left_in_english() {
    let the_same_in_french = ["Section {}", "Date", "rectangle", "ellipse", "Relation"];
    let english = fields(&ENGLISH);
    for words in Words::ALL.into_iter().filter(|words| words.tag != "en") {
        for ((name, text), (_, english)) in fields(words).into_iter().zip(&english) {
            let no_word = !text.replace("{}", "").contains(char::is_alphabetic);
            let rightly = words.tag == "fr" && the_same_in_french.contains(&text.as_str());
            assert!(text != *english || no_word || rightly, "{name} in {}: {text}", words.tag);
        }
    }
}

#[test]
fn every_language_of_the_united_nations_has_its_words() {
    for (wanted, found) in [("fr-CH", "fr-CH"), ("zh-Hans", "zh-Hans"), ("de", "en"), ("arc", "en"), ("fa", "en")] {
        let wanted = Language::parse(wanted).unwrap();
        assert_eq!(Words::of(wanted).language(wanted).as_str(), found);
    }
    for tag in Language::UN {
        assert_eq!(Words::of(Language::parse(tag).unwrap()).tag, tag);
    }
}

#[test]
fn what_is_not_known_is_not_announced() {
    assert_eq!(ENGLISH.section("H", ""), "Section H");
    assert_eq!(FRENCH.section("2", "Sommet"), "Section 2\u{A0}: Sommet");
    assert_eq!(ENGLISH.source(&["Report"], 0, None), "Source: Report");
    assert_eq!(ENGLISH.source(&["A", "B"], 7, Some("2024")), "Source: A; B and 7 more (2024)");
    assert_eq!(CHINESE.source(&["报告"], 0, Some("2024")), "来源：报告（2024）");
    assert_eq!(ENGLISH.around("ITU {}", 2), "ITU {}: links up to 2 steps away");
}

#[test]
fn sentences_end_as_the_language_ends_them() {
    assert_eq!(ENGLISH.sentences(&["One", "two"]), "One. two.");
    assert_eq!(CHINESE.sentences(&["一", "二"]), "一。二。");
    assert_eq!(ENGLISH.sentences(&["Who?", "", "Stop!", "two"]), "Who? Stop! two.");
    assert_eq!(CHINESE.sentences(&["谁？", "二"]), "谁？二。");
}
