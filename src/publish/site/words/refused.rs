//! The words of what is said while the data set is another than the one that is shown, in the languages of the United
//! Nations.

use crate::draw::filled;
use crate::model::Language;

/// The words of a language. `{}` stands for a number.
#[derive(Debug)]
pub(in crate::publish::site) struct RefusedWords {
    tag: &'static str,
    violations: &'static str,
    unreadable: &'static str,
    pub(in crate::publish::site) link: &'static str,
    pub(in crate::publish::site) title: &'static str,
    pub(in crate::publish::site) none: &'static str,
    more: &'static str,
}

const ALL: [RefusedWords; 6] = [
    RefusedWords {
        tag: "en",
        violations: "The data set has changed, but what it holds now cannot be shown (violations: {}). These pages show what it held before.",
        unreadable: "The data set has changed, but cannot be read as it is now. These pages show what it held before.",
        link: "What is wrong",
        title: "What is wrong with the changed data set",
        none: "Nothing is wrong: these pages show the data set as it is.",
        more: "Findings that are not listed here: {}",
    },
    RefusedWords {
        tag: "ar",
        violations: "تغيّرت مجموعة البيانات، لكن لا يمكن عرض ما فيها الآن (عدد المخالفات: {}). تعرض هذه الصفحات ما كان فيها من قبل.",
        unreadable: "تغيّرت مجموعة البيانات، لكن تتعذر قراءتها على حالها الآن. تعرض هذه الصفحات ما كان فيها من قبل.",
        link: "ما الخطأ؟",
        title: "ما الخطأ في مجموعة البيانات بعد تغييرها",
        none: "لا خطأ: تعرض هذه الصفحات مجموعة البيانات كما هي.",
        more: "ملاحظات غير مدرجة هنا: {}",
    },
    RefusedWords {
        tag: "es",
        violations: "El conjunto de datos ha cambiado, pero no se puede mostrar lo que contiene ahora (infracciones: {}). Estas páginas muestran lo que contenía antes.",
        unreadable: "El conjunto de datos ha cambiado, pero no se puede leer tal como está ahora. Estas páginas muestran lo que contenía antes.",
        link: "Qué está mal",
        title: "Qué está mal en el conjunto de datos modificado",
        none: "No hay nada mal: estas páginas muestran el conjunto de datos tal como está.",
        more: "Resultados que no figuran aquí: {}",
    },
    RefusedWords {
        tag: "fr",
        violations: "Le jeu de données a changé, mais ce qu’il contient à présent ne peut être montré (violations : {}). Ces pages montrent ce qu’il contenait auparavant.",
        unreadable: "Le jeu de données a changé, mais il ne peut être lu en l’état. Ces pages montrent ce qu’il contenait auparavant.",
        link: "Ce qui ne va pas",
        title: "Ce qui ne va pas dans le jeu de données modifié",
        none: "Rien à signaler : ces pages montrent le jeu de données tel qu’il est.",
        more: "Résultats qui ne figurent pas ici : {}",
    },
    RefusedWords {
        tag: "ru",
        violations: "Набор данных изменился, но его нынешнее содержание показать нельзя (нарушений: {}). На этих страницах показано прежнее.",
        unreadable: "Набор данных изменился, но прочитать его в нынешнем виде нельзя. На этих страницах показано прежнее содержание.",
        link: "Что не так",
        title: "Что не так с изменённым набором данных",
        none: "Всё в порядке: на этих страницах набор данных показан таким, каков он сейчас.",
        more: "Замечаний, не перечисленных здесь: {}",
    },
    RefusedWords {
        tag: "zh",
        violations: "数据集已更改，但其当前内容无法显示（违规：{}）。这些页面显示的是更改之前的内容。",
        unreadable: "数据集已更改，但无法读取其当前内容。这些页面显示的是更改之前的内容。",
        link: "查看问题",
        title: "更改后的数据集存在的问题",
        none: "没有问题：这些页面显示的就是数据集的当前内容。",
        more: "此处未列出的结果：{}",
    },
];

impl RefusedWords {
    /// Returns the words of a language, or of English.
    pub(in crate::publish::site) fn of(language: Language) -> &'static Self {
        let primary = language.primary();
        ALL.iter().find(|words| words.tag == primary.as_str()).unwrap_or(&ALL[0])
    }

    /// What is said of data with so many violations; with none, they cannot be read.
    pub(in crate::publish::site) fn note(&self, violations: usize) -> String {
        if violations == 0 { self.unreadable.to_owned() } else { filled(self.violations, &[&violations.to_string()]) }
    }

    pub(in crate::publish::site) fn more(&self, n: usize) -> String {
        filled(self.more, &[&n.to_string()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_words_in_each_language_of_the_united_nations() {
        for tag in Language::UN {
            let words = RefusedWords::of(Language::parse(tag).unwrap());
            assert_eq!(words.tag, tag);
            assert!(words.note(4321).contains("4321") && words.more(4321).contains("4321"), "{tag}");
        }
    }
}
