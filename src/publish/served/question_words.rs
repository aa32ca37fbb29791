//! The words of questions, of their parameters and of the columns of their answers, in the languages of the United Nations.

use crate::model::Language;

/// The languages, in the order of the words.
const ORDER: [&str; 6] = ["en", "ar", "es", "fr", "ru", "zh"];

macro_rules! words {
    ($($name:ident: $texts:expr;)*) => {
        /// The words of a language.
        #[derive(Debug, Clone, Copy)]
        pub(super) struct QuestionWords { at: usize, $(pub(super) $name: &'static str,)* }

        impl QuestionWords {
            /// Returns the words of the first of the languages that has some, or of English.
            pub(super) fn of(languages: &[Language]) -> Self {
                let place = |language: &Language| ORDER.iter().position(|tag| *tag == language.primary().as_str());
                let at = languages.first().and_then(place).unwrap_or(0);
                Self { at, $($name: { const TEXTS: [&str; 6] = $texts; TEXTS[at] },)* }
            }
        }
    };
}

words! {
    cited: [
        "Each answer says in which paragraphs it is stated.",
        "تذكر كل إجابة الفقرات التي وردت فيها.",
        "Cada respuesta indica en qué párrafos consta.",
        "Chaque réponse indique les paragraphes où elle figure.",
        "В каждом ответе указано, в каких пунктах это сказано.",
        "每个答案都注明其出自哪些段落。",
    ];
    programs: ["For programs:", "للبرامج:", "Para programas:", "Pour les programmes :", "Для программ:", "供程序使用："];
    written_as: ["as", "بصيغة", "como", "sous forme de", "в виде", "形式"];
    page: ["page", "صفحة", "página", "page", "страница", "网页"];
    sentences: ["sentences", "جمل", "oraciones", "phrases", "предложения", "句子"];
    workbook: [
        "workbook (XLSX)",
        "مصنف (XLSX)",
        "libro de cálculo (XLSX)",
        "classeur (XLSX)",
        "книга (XLSX)",
        "工作簿 (XLSX)",
    ];
    explore: ["Explore", "استكشاف", "Explorar", "Explorer", "Обзор связей", "探索"];
}

/// What columns of answers and parameters of questions are called, by the names that the questions of the program give them.
const NAMES: [(&str, [&str; 6]); 30] = [
    (
        "activity",
        [
            "Event or initiative",
            "حدث أو مبادرة",
            "Evento o iniciativa",
            "Événement ou initiative",
            "Мероприятие или инициатива",
            "活动或倡议",
        ],
    ),
    ("answer", ["Answer", "الإجابة", "Respuesta", "Réponse", "Ответ", "答案"]),
    ("body", ["Body", "هيئة", "Órgano", "Organe", "Орган", "机构"]),
    (
        "claimed",
        ["What was claimed", "ما قيل", "Lo que se afirmó", "Ce qui a été affirmé", "Что утверждалось", "原说法"],
    ),
    ("date", ["Date", "التاريخ", "Fecha", "Date", "Дата", "日期"]),
    ("direction", ["Direction", "الاتجاه", "Sentido", "Sens", "Направление", "方向"]),
    ("document", ["Document", "وثيقة", "Documento", "Document", "Документ", "文件"]),
    ("entity", ["Entity", "كيان", "Entidad", "Entité", "Сущность", "实体"]),
    ("event", ["Event", "حدث", "Evento", "Événement", "Мероприятие", "活动"]),
    ("from", ["From", "من", "Desde", "Depuis", "С", "起"]),
    (
        "language",
        ["Language of names", "لغة الأسماء", "Idioma de los nombres", "Langue des noms", "Язык названий", "名称的语言"],
    ),
    ("member", ["Member", "عضو", "Miembro", "Membre", "Член", "成员"]),
    ("name", ["Name", "الاسم", "Nombre", "Nom", "Название", "名称"]),
    ("number", ["Number", "الرقم", "Número", "Numéro", "Номер", "编号"]),
    ("object", ["Object", "المفعول", "Objeto", "Objet", "Объект", "宾语"]),
    ("organization", ["Organization", "منظمة", "Organización", "Organisation", "Организация", "组织"]),
    ("other", ["The other", "الطرف الآخر", "El otro", "L’autre", "Другая сторона", "另一方"]),
    ("paragraphs", ["Paragraphs", "الفقرات", "Párrafos", "Paragraphes", "Пункты", "段落"]),
    ("part", ["Part", "جزء", "Parte", "Partie", "Часть", "组成部分"]),
    ("participant", ["Participant", "مشارك", "Participante", "Participant", "Участник", "参与者"]),
    ("person", ["Person", "شخص", "Persona", "Personne", "Лицо", "人员"]),
    ("place", ["Place", "مكان", "Lugar", "Lieu", "Место", "地点"]),
    ("process", ["Process", "عملية", "Proceso", "Processus", "Процесс", "进程"]),
    ("property", ["Property", "العلاقة", "Propiedad", "Propriété", "Свойство", "属性"]),
    ("series", ["Series", "سلسلة", "Serie", "Série", "Серия", "系列"]),
    ("subject", ["Subject", "الفاعل", "Sujeto", "Sujet", "Субъект", "主语"]),
    ("topic", ["Topic", "موضوع", "Tema", "Thème", "Тема", "主题"]),
    ("until", ["Until", "حتى", "Hasta", "Jusqu’à", "По", "止"]),
    ("whole", ["Whole", "الكل", "Todo", "Ensemble", "Целое", "整体"]),
    ("year", ["Year", "السنة", "Año", "Année", "Год", "年份"]),
];

impl QuestionWords {
    /// Returns what a column or a parameter is called; nothing if it is named otherwise than by the program.
    pub(super) fn name(&self, name: &str) -> Option<&'static str> {
        NAMES.iter().find(|(known, _)| *known == name).map(|(_, texts)| texts[self.at])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_words_in_each_language_of_the_united_nations() {
        let of = |tag: &str| QuestionWords::of(&[Language::parse(tag).unwrap()]);
        for tag in Language::UN {
            let words = of(tag);
            assert_eq!(ORDER[words.at], tag);
            assert!(NAMES.iter().all(|(_, texts)| !texts[words.at].is_empty()));
        }
        assert_eq!((of("de").explore, of("zh-Hant").explore), ("Explore", "探索"));
        assert!(NAMES.is_sorted());
    }
}
