//! The words of a new data set that are no terms of the ontology, in six languages.

use crate::model::Language;

/// The words in one language.
#[derive(Debug)]
pub(super) struct Words {
    /// The name of the sheet that explains.
    pub(super) guide: &'static str,
    /// What the sheet that explains says, a line each. `{statements}` and `{paragraphs}` stand for names of sheets.
    pub(super) lines: [&'static str; 9],
    /// Said in the note of a heading whose cells must be filled.
    pub(super) required: &'static str,
    /// How to write a date.
    pub(super) date: &'static str,
    /// How to write a number.
    pub(super) number: &'static str,
    /// How to write an address.
    pub(super) address: &'static str,
    /// How to refer to an entity.
    pub(super) entity: &'static str,
    /// How to choose a word of the ontology.
    pub(super) choice: &'static str,
    /// How to write several values.
    pub(super) several: &'static str,
    /// The names of the things in the example rows: report, two organizations, initiative.
    pub(super) examples: [&'static str; 4],
}

impl Words {
    /// Returns the words in a language, else in English.
    pub(super) fn of(language: Language) -> &'static Self {
        ALL.iter().find(|(tag, _)| *tag == language.primary().as_str()).map_or(&ENGLISH, |(_, words)| words)
    }
}

const ALL: [(&str, &Words); 6] =
    [("en", &ENGLISH), ("ar", &ARABIC), ("fr", &FRENCH), ("es", &SPANISH), ("ru", &RUSSIAN), ("zh", &CHINESE)];

const ENGLISH: Words = Words {
    guide: "Read me",
    lines: [
        "How to fill in this workbook",
        "Each sheet holds things of one kind, one in a row. Cells under dark headings must be filled; the note on a heading says what goes in.",
        "Each row has an id of its own: a short name without spaces, such as itu. Other rows refer to it by this id or by its name.",
        "Many cells open a list. What is not in the list may be typed as well. Several values stand in one cell with | between them.",
        "The sheet “{statements}” says who does what. Each row cites where it is written: document#paragraph, such as report#1.",
        "The sheet “{paragraphs}” has the paragraphs of the report, in their order.",
        "Dates are written as exactly as they are known: 2024, 2024-05 or 2024-05-27.",
        "The rows in italics are examples: a role with its dates, and a citation. Empty them or write over them.",
        "Headings and words may be written in any of Arabic, Chinese, English, French, Russian and Spanish. Columns that stay empty may be deleted.",
    ],
    required: "must be filled",
    date: "A date: 2024, 2024-05 or 2024-05-27.",
    number: "A number, in digits.",
    address: "An address that begins with https://",
    entity: "The id or the name of a row of another sheet.",
    choice: "A word from the list.",
    several: "Several values with | between them.",
    examples: ["The report", "Example Organization", "Example Agency", "Example Initiative"],
};

// A mark of direction stands before dates, whose parts would come out in reverse after Arabic letters.
const ARABIC: Words = Words {
    guide: "اقرأني",
    lines: [
        "كيف يُملأ هذا المصنف",
        "تضم كل ورقة أشياء من نوع واحد، واحداً في كل صف. ويجب ملء الخلايا تحت العناوين الداكنة؛ وتبين الملاحظة على كل عنوان ما يُكتب تحته.",
        "لكل صف معرِّف خاص به: اسم قصير دون مسافات، مثل itu. وتشير إليه الصفوف الأخرى بهذا المعرِّف أو باسمه.",
        "تفتح خلايا كثيرة قائمةً، ويجوز كتابة ما ليس فيها. وتُكتب عدة قيم في خلية واحدة تفصل بينها |.",
        "تقول الورقة «{statements}» من يفعل ماذا. ويذكر كل صف أين كُتب ذلك: وثيقة#فقرة، مثل report#1.",
        "تضم الورقة «{paragraphs}» فقرات التقرير بترتيبها.",
        "تُكتب التواريخ بالدقة المعروفة: 2024 أو \u{200E}2024-05 أو \u{200E}2024-05-27.",
        "الصفوف المكتوبة بخط مائل أمثلة: دور بتاريخيه، وإشارة إلى فقرة. أفرغها أو اكتب فوقها.",
        "يجوز كتابة العناوين والكلمات بأي من الإسبانية والإنكليزية والروسية والصينية والعربية والفرنسية. ويجوز حذف الأعمدة الفارغة.",
    ],
    required: "يجب ملؤه",
    date: "تاريخ: 2024 أو \u{200E}2024-05 أو \u{200E}2024-05-27.",
    number: "عدد بالأرقام.",
    address: "عنوان يبدأ بالبادئة https://",
    entity: "معرِّف صف في ورقة أخرى أو اسمه.",
    choice: "كلمة من القائمة.",
    several: "عدة قيم تفصل بينها |.",
    examples: ["التقرير", "منظمة المثال", "وكالة المثال", "مبادرة المثال"],
};

const FRENCH: Words = Words {
    guide: "Lisez-moi",
    lines: [
        "Comment remplir ce classeur",
        "Chaque feuille contient des éléments d’un seul type, un par ligne. Les cellules sous les en-têtes foncés doivent être remplies ; la note d’un en-tête indique ce qu’il faut écrire.",
        "Chaque ligne a son propre identifiant : un nom court sans espace, par exemple itu. Les autres lignes y renvoient par cet identifiant ou par son nom.",
        "Beaucoup de cellules ouvrent une liste. On peut aussi saisir ce qui n’y figure pas. Plusieurs valeurs s’écrivent dans une cellule, séparées par |.",
        "La feuille « {statements} » dit qui fait quoi. Chaque ligne indique où cela est écrit : document#paragraphe, par exemple report#1.",
        "La feuille « {paragraphs} » contient les paragraphes du rapport, dans leur ordre.",
        "Les dates s’écrivent avec la précision connue : 2024, 2024-05 ou 2024-05-27.",
        "Les lignes en italique sont des exemples : un rôle avec ses dates, et une citation. Videz-les ou écrivez par-dessus.",
        "Les en-têtes et les mots peuvent être écrits en anglais, arabe, chinois, espagnol, français ou russe. Les colonnes vides peuvent être supprimées.",
    ],
    required: "à remplir",
    date: "Une date : 2024, 2024-05 ou 2024-05-27.",
    number: "Un nombre, en chiffres.",
    address: "Une adresse qui commence par https://",
    entity: "L’identifiant ou le nom d’une ligne d’une autre feuille.",
    choice: "Un mot de la liste.",
    several: "Plusieurs valeurs, séparées par |.",
    examples: ["Le rapport", "Organisation d’exemple", "Agence d’exemple", "Initiative d’exemple"],
};

const SPANISH: Words = Words {
    guide: "Léame",
    lines: [
        "Cómo rellenar este libro",
        "Cada hoja contiene cosas de un solo tipo, una por fila. Las celdas bajo los encabezados oscuros deben rellenarse; la nota de un encabezado dice qué se escribe.",
        "Cada fila tiene su propio identificador: un nombre corto sin espacios, como itu. Las demás filas se refieren a ella por ese identificador o por su nombre.",
        "Muchas celdas abren una lista. También puede escribirse lo que no figura en ella. Varios valores se escriben en una celda, separados por |.",
        "La hoja «{statements}» dice quién hace qué. Cada fila cita dónde está escrito: documento#párrafo, como report#1.",
        "La hoja «{paragraphs}» contiene los párrafos del informe, en su orden.",
        "Las fechas se escriben con la precisión conocida: 2024, 2024-05 o 2024-05-27.",
        "Las filas en cursiva son ejemplos: una función con sus fechas y una cita. Vacíelas o escriba encima.",
        "Los encabezados y las palabras pueden escribirse en árabe, chino, español, francés, inglés o ruso. Las columnas vacías pueden eliminarse.",
    ],
    required: "debe rellenarse",
    date: "Una fecha: 2024, 2024-05 o 2024-05-27.",
    number: "Un número, en cifras.",
    address: "Una dirección que empieza por https://",
    entity: "El identificador o el nombre de una fila de otra hoja.",
    choice: "Una palabra de la lista.",
    several: "Varios valores, separados por |.",
    examples: ["El informe", "Organización de ejemplo", "Agencia de ejemplo", "Iniciativa de ejemplo"],
};

const RUSSIAN: Words = Words {
    guide: "Справка",
    lines: [
        "Как заполнять эту книгу",
        "На каждом листе — объекты одного вида, по одному в строке. Ячейки под темными заголовками заполняются обязательно; в примечании к заголовку сказано, что писать.",
        "У каждой строки свой идентификатор: короткое имя без пробелов, например itu. Другие строки ссылаются на нее по этому идентификатору или по названию.",
        "Во многих ячейках открывается список. Можно написать и то, чего в нем нет. Несколько значений пишутся в одной ячейке через |.",
        "На листе «{statements}» сказано, кто что делает. В каждой строке указано, где это написано: документ#пункт, например report#1.",
        "На листе «{paragraphs}» — пункты доклада по порядку.",
        "Даты пишутся с той точностью, с какой они известны: 2024, 2024-05 или 2024-05-27.",
        "Строки курсивом — примеры: роль с датами и ссылка на пункт. Очистите их или пишите поверх.",
        "Заголовки и слова можно писать на английском, арабском, испанском, китайском, русском или французском языке. Пустые столбцы можно удалить.",
    ],
    required: "заполняется обязательно",
    date: "Дата: 2024, 2024-05 или 2024-05-27.",
    number: "Число, цифрами.",
    address: "Адрес, который начинается с https://",
    entity: "Идентификатор или название строки другого листа.",
    choice: "Слово из списка.",
    several: "Несколько значений через |.",
    examples: ["Доклад", "Организация-пример", "Учреждение-пример", "Инициатива-пример"],
};

const CHINESE: Words = Words {
    guide: "说明",
    lines: [
        "如何填写本工作簿",
        "每张工作表记载一类事物，每行一个。深色标题下的单元格必须填写；标题的批注说明应填内容。",
        "每行有自己的标识符：不含空格的简短名称，如 itu。其他行用此标识符或其名称来引用它。",
        "许多单元格可打开列表，也可填写列表中没有的内容。一个单元格中的多个值用 | 隔开。",
        "工作表“{statements}”说明谁做什么。每行注明出处：文件#段落，如 report#1。",
        "工作表“{paragraphs}”按顺序列出报告的各段落。",
        "日期按已知的精确程度填写：2024、2024-05 或 2024-05-27。",
        "斜体行是示例：一个带日期的角色和一处引文。请清空或覆盖。",
        "标题和用词可以使用阿拉伯文、中文、英文、法文、俄文或西班牙文。空列可以删除。",
    ],
    required: "必须填写",
    date: "日期：2024、2024-05 或 2024-05-27。",
    number: "数字。",
    address: "以 https:// 开头的地址",
    entity: "另一工作表中某一行的标识符或名称。",
    choice: "列表中的一个词。",
    several: "多个值用 | 隔开。",
    examples: ["报告", "示例组织", "示例机构", "示例举措"],
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_its_own_words() {
        for tag in Language::UN {
            let words = Words::of(Language::parse(tag).unwrap());
            assert_eq!(words.guide == ENGLISH.guide, tag == "en", "{tag}");
            assert!(words.lines[4].contains("{statements}") && words.lines[5].contains("{paragraphs}"), "{tag}");
            assert!(words.lines.iter().all(|line| !line.is_empty()), "{tag}");
        }
        assert_eq!(Words::of(Language::parse("de").unwrap()).guide, ENGLISH.guide);
    }
}
