//! What is said beside a picture of the rest: the commands that show it, in the languages of pictures.

use crate::draw::Hint;
use crate::model::Language;

/// Returns the command with which to see what a picture does not show, in a language that pictures have words in.
#[must_use]
pub(super) fn hint(hint: Hint, language: Language) -> Option<&'static str> {
    let language = language.primary();
    let (_, said) = HINTS.iter().find(|(tag, _)| *tag == language.as_str())?;
    Hint::ALL.iter().zip(said).find(|(known, _)| **known == hint).map(|(_, said)| *said)
}

/// By language, what is said of each of [`Hint::ALL`].
const HINTS: [(&str, [&str; 6]); 6] = [
    (
        "ar",
        [
            "النظرة العامة وجميع المجموعات: rapporteur draw -o FILE؛ وجميع الروابط في صورة واحدة: rapporteur draw --whole",
            "الكيانات التي لا روابط لها: rapporteur draw --class CLASS",
            "الشبكة كاملة: rapporteur draw -o FILE",
            "كل ذلك في صورة واحدة: الأمر نفسه مع --whole",
            "جميع الأحداث: rapporteur draw --events",
            "كل ما هو معروف عن حدث: rapporteur show NAME",
        ],
    ),
    (
        "zh",
        [
            "概览和所有组：rapporteur draw -o FILE；在一张图中显示全部关联：rapporteur draw --whole",
            "无关联的实体：rapporteur draw --class CLASS",
            "整个网络：rapporteur draw -o FILE",
            "全部放在一张图中：同一命令加 --whole",
            "所有活动：rapporteur draw --events",
            "关于一项活动的全部已知信息：rapporteur show NAME",
        ],
    ),
    (
        "en",
        [
            "Overview and all groups: rapporteur draw -o FILE; all links in one picture: rapporteur draw --whole",
            "Entities without links: rapporteur draw --class CLASS",
            "The whole graph: rapporteur draw -o FILE",
            "All of it in one picture: the same command with --whole",
            "All events: rapporteur draw --events",
            "All that is known of an event: rapporteur show NAME",
        ],
    ),
    (
        "fr",
        [
            "Vue d’ensemble et tous les groupes\u{A0}: rapporteur draw -o FILE\u{A0}; tous les liens en une seule image\u{A0}: rapporteur draw --whole",
            "Entités sans lien\u{A0}: rapporteur draw --class CLASS",
            "Tout le graphe\u{A0}: rapporteur draw -o FILE",
            "Le tout en une seule image\u{A0}: la même commande avec --whole",
            "Toutes les manifestations\u{A0}: rapporteur draw --events",
            "Tout ce qui est connu d’une manifestation\u{A0}: rapporteur show NAME",
        ],
    ),
    (
        "ru",
        [
            "Общий обзор и все группы: rapporteur draw -o FILE; все связи на одном рисунке: rapporteur draw --whole",
            "Объекты без связей: rapporteur draw --class CLASS",
            "Весь граф: rapporteur draw -o FILE",
            "Всё на одном изображении: та же команда с --whole",
            "Все мероприятия: rapporteur draw --events",
            "Все, что известно о мероприятии: rapporteur show NAME",
        ],
    ),
    (
        "es",
        [
            "Panorama general y todos los grupos: rapporteur draw -o FILE; todos los vínculos en una sola imagen: rapporteur draw --whole",
            "Entidades sin vínculos: rapporteur draw --class CLASS",
            "Todo el grafo: rapporteur draw -o FILE",
            "Todo en una sola imagen: la misma orden con --whole",
            "Todos los eventos: rapporteur draw --events",
            "Todo lo que se sabe de un evento: rapporteur show NAME",
        ],
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_hint_is_a_command_in_every_language_of_the_united_nations() {
        for tag in Language::UN {
            for shown in Hint::ALL {
                let said = hint(shown, Language::parse(tag).unwrap()).unwrap();
                assert!(said.contains("rapporteur ") || said.contains("--whole"), "{said}");
                let english = hint(shown, Language::parse("en").unwrap()).unwrap();
                assert!(tag == "en" || said != english, "{tag}: {said}");
            }
        }
        assert_eq!(hint(Hint::Rest, Language::parse("de").unwrap()), None);
    }
}
