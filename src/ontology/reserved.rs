//! The headers that are no terms of the ontology: what makes a table one of entities, statements or paragraphs.

use super::Column;

/// A reserved header.
#[derive(Debug)]
pub(crate) struct Reserved {
    /// The header as tables write it.
    pub name: &'static str,
    /// What the column holds.
    pub column: Column,
    /// Tag and name of the column in each language of the ontology.
    pub labels: [(&'static str, &'static str); 6],
    /// Tag and explanation in each language of the ontology.
    pub definitions: [(&'static str, &'static str); 6],
}

impl Reserved {
    /// Returns the name of the column in a language, else in English.
    #[must_use]
    pub(crate) fn label(&self, tag: &str) -> &'static str {
        in_language(&self.labels, tag).unwrap_or(self.name)
    }

    /// Returns what goes into the column, in a language, else in English.
    #[must_use]
    pub(crate) fn definition(&self, tag: &str) -> &'static str {
        in_language(&self.definitions, tag).unwrap_or(self.definitions[0].1)
    }
}

fn in_language(texts: &[(&str, &'static str)], tag: &str) -> Option<&'static str> {
    texts.iter().find(|(language, _)| *language == tag).map(|(_, text)| *text)
}

macro_rules! reserved {
    ($($name:literal $column:ident $en:literal $ar:literal $fr:literal $es:literal $ru:literal $zh:literal:
        $english:literal $arabic:literal $french:literal $spanish:literal $russian:literal $chinese:literal;)*) => {
        /// The reserved headers, sorted by name.
        pub(crate) const RESERVED: [Reserved; 9] = [$(Reserved {
            name: $name,
            column: Column::$column,
            labels: [("en", $en), ("ar", $ar), ("fr", $fr), ("es", $es), ("ru", $ru), ("zh", $zh)],
            definitions: [
                ("en", $english), ("ar", $arabic), ("fr", $french), ("es", $spanish), ("ru", $russian), ("zh", $chinese),
            ],
        }),*];
    };
}

reserved! {
    "class" Class "class" "الفئة" "classe" "clase" "класс" "类别":
        "What kind of thing the row is: a class of the ontology." "نوع ما يصفه الصف: فئة من فئات الأنطولوجيا."
        "Le genre de chose que décrit la ligne\u{A0}: une classe de l’ontologie."
        "Qué clase de cosa es la fila: una clase de la ontología."
        "Какого рода объект описывает строка: класс онтологии."
        "该行所述事物的种类：本体中的一个类别。";
    "document" Document "document" "الوثيقة" "document" "documento" "документ" "文件":
        "The document that the paragraph is in." "الوثيقة التي ترد فيها الفقرة."
        "Le document dans lequel se trouve le paragraphe."
        "El documento en que está el párrafo."
        "Документ, в котором находится пункт."
        "该段所在的文件。";
    "id" Id "id" "المعرِّف" "identifiant" "identificador" "идентификатор" "标识符":
        "A short name of the row's own, without spaces; other rows refer to it." "اسم قصير خاص بالصف، دون مسافات، تشير إليه الصفوف الأخرى."
        "Un nom court propre à la ligne, sans espace\u{A0}; d’autres lignes y renvoient."
        "Un nombre corto propio de la fila, sin espacios; otras filas remiten a él."
        "Короткое собственное имя строки без пробелов; на него ссылаются другие строки."
        "该行自己的短名，不含空格；其他行以此引用它。";
    "number" Number "number" "الرقم" "numéro" "número" "номер" "编号":
        "The number of the paragraph as it is printed, such as 2.10." "رقم الفقرة كما هو مطبوع، مثل 2.10."
        "Le numéro du paragraphe tel qu’il est imprimé, par exemple 2.10."
        "El número del párrafo tal como está impreso, por ejemplo 2.10."
        "Номер пункта, как он напечатан, например 2.10."
        "该段印出的编号，例如 2.10。";
    "object" Object "object" "الطرف الثاني" "objet" "objeto" "объект" "客体":
        "What is said: another entity, by id or name, or a date, number or text." "ما يقال: كيان آخر بمعرِّفه أو اسمه، أو تاريخ أو عدد أو نص."
        "Ce qui est dit\u{A0}: une autre entité, par son identifiant ou son nom, ou une date, un nombre ou un texte."
        "Lo que se dice: otra entidad, por su identificador o nombre, o una fecha, un número o un texto."
        "Что говорится: другой объект по идентификатору или имени либо дата, число или текст."
        "所述内容：另一实体（标识符或名称），或日期、数字、文字。";
    "property" Property "property" "الخاصية" "propriété" "propiedad" "свойство" "属性":
        "What links the subject to the object: a property of the ontology." "ما يربط الطرف الأول بالثاني: خاصية من خصائص الأنطولوجيا."
        "Ce qui relie le sujet à l’objet\u{A0}: une propriété de l’ontologie."
        "Lo que une el sujeto con el objeto: una propiedad de la ontología."
        "Что связывает субъект с объектом: свойство онтологии."
        "连接主体与客体的关系：本体中的一个属性。";
    "rank" Rank "rank" "الرتبة" "rang" "rango" "ранг" "等级":
        "How the statement stands beside others that disagree; empty means normal." "مدى الاعتداد بالبيان إزاء ما يخالفه؛ والخلية الفارغة تعني عادي."
        "Comment l’énoncé se place à côté d’autres qui le contredisent\u{A0}; vide signifie normal."
        "Cómo se sitúa el enunciado junto a otros que discrepan; vacío significa normal."
        "Как утверждение соотносится с другими, несогласными с ним; пустая ячейка означает обычный ранг."
        "陈述相对于其他不同说法的地位；空白表示普通。";
    "source" Source "source" "المصدر" "source" "fuente" "источник" "来源":
        "Where it is written: document#paragraph, such as c24#2.10, or a document." "حيث ورد القول: وثيقة#فقرة، مثل c24#2.10، أو وثيقة."
        "Où cela est écrit\u{A0}: document#paragraphe, par exemple c24#2.10, ou un document."
        "Dónde está escrito: documento#párrafo, por ejemplo c24#2.10, o un documento."
        "Где это написано: документ#пункт, например c24#2.10, или документ."
        "出处：文件#段落，例如 c24#2.10，或一份文件。";
    "subject" Subject "subject" "الطرف الأول" "sujet" "sujeto" "субъект" "主体":
        "Whom or what the statement is about: an entity, by id or name." "من أو ما يتناوله البيان: كيان بمعرِّفه أو اسمه."
        "De qui ou de quoi parle l’énoncé\u{A0}: une entité, par son identifiant ou son nom."
        "De quién o de qué trata el enunciado: una entidad, por su identificador o nombre."
        "О ком или о чем утверждение: объект по идентификатору или имени."
        "陈述所涉的人或事物：一个实体（标识符或名称）。";
}
