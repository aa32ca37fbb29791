//! What `rapporteur words` says around terms, in the six languages in which they are named.

use crate::draw::filled;
use crate::model::Language;
use crate::ontology::{Datatype, PropertyKind};

/// The phrases of one language.
#[derive(Debug)]
pub(super) struct Phrases {
    pub(super) columns: &'static str,
    pub(super) classes: &'static str,
    pub(super) values: &'static str,
    /// Properties of entities, names and identifiers, qualifiers, and what is computed.
    properties: [&'static str; 4],
    /// Said of a class; `{}` stands for its parents.
    is_a: &'static str,
    /// What stands between parents.
    comma: &'static str,
    /// What a property is said of that is said of everything.
    pub(super) anything: &'static str,
    text: &'static str,
    text_in_a_language: &'static str,
    text_in_a_language_or_none: &'static str,
    whole_number: &'static str,
    number: &'static str,
    boolean: &'static str,
    address: &'static str,
    date: &'static str,
}

impl Phrases {
    /// Returns the phrases of a language, else of English.
    pub(super) fn of(language: Option<Language>) -> &'static Self {
        let tag = language.map(|language| language.primary());
        let of_tag = |(of, _): &&(&str, _)| tag.is_some_and(|tag| tag.as_str() == *of);
        ALL.iter().find(of_tag).map_or(&ENGLISH, |(_, phrases)| phrases)
    }

    pub(super) fn properties(&self, kind: PropertyKind) -> &'static str {
        let [claims, annotations, qualifiers, computed] = self.properties;
        match kind {
            PropertyKind::Claim => claims,
            PropertyKind::Annotation => annotations,
            PropertyKind::Qualifier => qualifiers,
            PropertyKind::Computed => computed,
        }
    }

    /// What a class is, by the names of its parents.
    pub(super) fn is_a(&self, parents: &[&str]) -> String {
        filled(self.is_a, &[&parents.join(self.comma)])
    }

    pub(super) fn datatype(&self, datatype: Datatype) -> &'static str {
        match datatype {
            Datatype::String => self.text,
            Datatype::LangString => self.text_in_a_language,
            Datatype::PlainLiteral => self.text_in_a_language_or_none,
            Datatype::Integer => self.whole_number,
            Datatype::Decimal => self.number,
            Datatype::Boolean => self.boolean,
            Datatype::AnyUri => self.address,
            Datatype::Edtf | Datatype::Date => self.date,
        }
    }
}

const ALL: [(&str, &Phrases); 6] =
    [("en", &ENGLISH), ("ar", &ARABIC), ("fr", &FRENCH), ("es", &SPANISH), ("ru", &RUSSIAN), ("zh", &CHINESE)];

const ENGLISH: Phrases = Phrases {
    columns: "columns",
    classes: "classes",
    values: "controlled values",
    properties: ["properties", "names and identifiers", "qualifiers of statements", "computed"],
    is_a: "is a {}",
    comma: ", ",
    anything: "anything",
    text: "text",
    text_in_a_language: "text in a language",
    text_in_a_language_or_none: "text, in a language or none",
    whole_number: "whole number",
    number: "number",
    boolean: "true or false",
    address: "address",
    date: "date",
};

const ARABIC: Phrases = Phrases {
    columns: "الأعمدة",
    classes: "الفئات",
    values: "القيم المحددة",
    properties: ["الخصائص", "الأسماء والمعرِّفات", "مقيِّدات البيانات", "ما يُحسب"],
    is_a: "نوع من: {}",
    comma: "، ",
    anything: "أي شيء",
    text: "نص",
    text_in_a_language: "نص بلغة ما",
    text_in_a_language_or_none: "نص بلغة ما أو بلا لغة",
    whole_number: "عدد صحيح",
    number: "عدد",
    boolean: "نعم أو لا",
    address: "عنوان",
    date: "تاريخ",
};

const FRENCH: Phrases = Phrases {
    columns: "colonnes",
    classes: "classes",
    values: "valeurs contrôlées",
    properties: ["propriétés", "noms et identifiants", "qualificatifs des énoncés", "calculé"],
    is_a: "sorte de\u{A0}: {}",
    comma: ", ",
    anything: "tout",
    text: "texte",
    text_in_a_language: "texte dans une langue",
    text_in_a_language_or_none: "texte, dans une langue ou aucune",
    whole_number: "nombre entier",
    number: "nombre",
    boolean: "vrai ou faux",
    address: "adresse",
    date: "date",
};

const SPANISH: Phrases = Phrases {
    columns: "columnas",
    classes: "clases",
    values: "valores controlados",
    properties: ["propiedades", "nombres e identificadores", "calificadores de los enunciados", "calculado"],
    is_a: "tipo de: {}",
    comma: ", ",
    anything: "cualquier cosa",
    text: "texto",
    text_in_a_language: "texto en un idioma",
    text_in_a_language_or_none: "texto, en un idioma o en ninguno",
    whole_number: "número entero",
    number: "número",
    boolean: "verdadero o falso",
    address: "dirección",
    date: "fecha",
};

const RUSSIAN: Phrases = Phrases {
    columns: "столбцы",
    classes: "классы",
    values: "контролируемые значения",
    properties: ["свойства", "имена и идентификаторы", "квалификаторы утверждений", "вычисляется"],
    is_a: "разновидность: {}",
    comma: ", ",
    anything: "что угодно",
    text: "текст",
    text_in_a_language: "текст на каком-либо языке",
    text_in_a_language_or_none: "текст на каком-либо языке или без языка",
    whole_number: "целое число",
    number: "число",
    boolean: "истина или ложь",
    address: "адрес",
    date: "дата",
};

const CHINESE: Phrases = Phrases {
    columns: "列",
    classes: "类",
    values: "受控值",
    properties: ["属性", "名称和标识符", "陈述的限定词", "计算得出"],
    is_a: "属于：{}",
    comma: "、",
    anything: "任何事物",
    text: "文本",
    text_in_a_language: "某一语言的文本",
    text_in_a_language_or_none: "文本，注明或不注明语言",
    whole_number: "整数",
    number: "数字",
    boolean: "真或假",
    address: "网址",
    date: "日期",
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_phrases_in_each_language_of_the_united_nations() {
        let of = |tag| Phrases::of(Some(Language::parse(tag).unwrap()));
        for tag in Language::UN {
            assert!(of(tag).is_a(&["A", "B"]).find('A') < of(tag).is_a(&["A", "B"]).find('B'), "{tag}");
            let own = ["en", "fr"].contains(&tag) || of(tag).classes != ENGLISH.classes;
            assert!(own && (tag == "en") == (of(tag).columns == ENGLISH.columns), "{tag}");
        }
        assert_eq!(of("de").columns, ENGLISH.columns);
        assert_eq!(Phrases::of(None).columns, ENGLISH.columns);
    }
}
