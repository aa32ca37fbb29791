//! The headers that are no terms of the ontology: what makes a table one of entities, statements or paragraphs.

use super::Column;

/// A reserved header.
#[derive(Debug)]
pub struct Reserved {
    /// The header as tables write it.
    pub name: &'static str,
    /// What the column holds.
    pub column: Column,
    /// Tag and name of the column in each language of the ontology.
    pub labels: [(&'static str, &'static str); 6],
    /// Tag and explanation in the languages of definitions.
    pub definitions: [(&'static str, &'static str); 2],
}

impl Reserved {
    /// Returns the name of the column in a language, else in English.
    #[must_use]
    pub fn label(&self, tag: &str) -> &'static str {
        in_language(&self.labels, tag).unwrap_or(self.name)
    }

    /// Returns what goes into the column, in a language, else in English.
    #[must_use]
    pub fn definition(&self, tag: &str) -> &'static str {
        in_language(&self.definitions, tag).unwrap_or(self.definitions[0].1)
    }
}

fn in_language(texts: &[(&str, &'static str)], tag: &str) -> Option<&'static str> {
    texts.iter().find(|(language, _)| *language == tag).map(|(_, text)| *text)
}

macro_rules! reserved {
    ($($name:literal $column:ident $en:literal $ar:literal $fr:literal $es:literal $ru:literal $zh:literal: $english:literal $arabic:literal;)*) => {
        /// The reserved headers, sorted by name.
        pub const RESERVED: [Reserved; 9] = [$(Reserved {
            name: $name,
            column: Column::$column,
            labels: [("en", $en), ("ar", $ar), ("fr", $fr), ("es", $es), ("ru", $ru), ("zh", $zh)],
            definitions: [("en", $english), ("ar", $arabic)],
        }),*];
    };
}

reserved! {
    "class" Class "class" "الفئة" "classe" "clase" "класс" "类别":
        "What kind of thing the row is: a class of the ontology." "نوع ما يصفه الصف: فئة من فئات الأنطولوجيا.";
    "document" Document "document" "الوثيقة" "document" "documento" "документ" "文件":
        "The document that the paragraph is in." "الوثيقة التي ترد فيها الفقرة.";
    "id" Id "id" "المعرِّف" "identifiant" "identificador" "идентификатор" "标识符":
        "A short name of the row's own, without spaces; other rows refer to it." "اسم قصير خاص بالصف، دون مسافات، تشير إليه الصفوف الأخرى.";
    "number" Number "number" "الرقم" "numéro" "número" "номер" "编号":
        "The number of the paragraph as it is printed, such as 2.10." "رقم الفقرة كما هو مطبوع، مثل 2.10.";
    "object" Object "object" "الطرف الثاني" "objet" "objeto" "объект" "客体":
        "What is said: another entity, by id or name, or a date, number or text." "ما يقال: كيان آخر بمعرِّفه أو اسمه، أو تاريخ أو عدد أو نص.";
    "property" Property "property" "الخاصية" "propriété" "propiedad" "свойство" "属性":
        "What links the subject to the object: a property of the ontology." "ما يربط الطرف الأول بالثاني: خاصية من خصائص الأنطولوجيا.";
    "rank" Rank "rank" "الرتبة" "rang" "rango" "ранг" "等级":
        "How the statement stands beside others that disagree; empty means normal." "مدى الاعتداد بالبيان إزاء ما يخالفه؛ والخلية الفارغة تعني عادي.";
    "source" Source "source" "المصدر" "source" "fuente" "источник" "来源":
        "Where it is written: document#paragraph, such as c24#2.10, or a document." "حيث ورد القول: وثيقة#فقرة، مثل c24#2.10، أو وثيقة.";
    "subject" Subject "subject" "الطرف الأول" "sujet" "sujeto" "субъект" "主体":
        "Whom or what the statement is about: an entity, by id or name." "من أو ما يتناوله البيان: كيان بمعرِّفه أو اسمه.";
}
