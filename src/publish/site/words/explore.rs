//! The words of the explorer, in the languages of the United Nations.

use super::filled;
use crate::model::Language;

/// The words of a language. `{}` stands for what is put in.
#[derive(Debug)]
pub(in crate::publish::site) struct ExploreWords {
    tag: &'static str,
    pub(in crate::publish::site) title: &'static str,
    pub(in crate::publish::site) empty: &'static str,
    pub(in crate::publish::site) find: &'static str,
    pub(in crate::publish::site) show: &'static str,
    pub(in crate::publish::site) as_of: &'static str,
    pub(in crate::publish::site) any_date: &'static str,
    found: &'static str,
    shown: &'static str,
    no_room: &'static str,
    pub(in crate::publish::site) open_next: &'static str,
    pub(in crate::publish::site) open_all: &'static str,
    pub(in crate::publish::site) hide: &'static str,
    pub(in crate::publish::site) close: &'static str,
    pub(in crate::publish::site) page: &'static str,
    pub(in crate::publish::site) path_from: &'static str,
    pub(in crate::publish::site) undo: &'static str,
    pub(in crate::publish::site) begin: &'static str,
    pub(in crate::publish::site) take_along: &'static str,
    pub(in crate::publish::site) filter: &'static str,
    pub(in crate::publish::site) relations: &'static str,
    pub(in crate::publish::site) hidden: &'static str,
    pub(in crate::publish::site) list: &'static str,
    pub(in crate::publish::site) neighbours: &'static str,
    pub(in crate::publish::site) evidence: &'static str,
    pub(in crate::publish::site) picture: &'static str,
    pub(in crate::publish::site) details: &'static str,
    pub(in crate::publish::site) try_these: &'static str,
    pub(in crate::publish::site) keys: &'static str,
    pub(in crate::publish::site) keys_help: &'static str,
    pub(in crate::publish::site) wrong: &'static str,
}

const ALL: [ExploreWords; 6] = [
    ExploreWords {
        tag: "en",
        title: "Explore",
        empty: "Nothing is shown yet. Find a body, an initiative, an event or a person by any of its names.",
        find: "Find and show",
        show: "Show",
        as_of: "As of",
        any_date: "any date",
        found: "{} found",
        shown: "{} of {} shown",
        no_room: "{} more found no room: a picture holds {}. Hide or filter something.",
        open_next: "show the next",
        open_all: "show all",
        hide: "hide",
        close: "fold up",
        page: "page",
        path_from: "path to",
        undo: "Undo the last step",
        begin: "Begin anew",
        take_along: "This view as",
        filter: "What is shown",
        relations: "Relations",
        hidden: "left out",
        list: "Everything in the picture",
        neighbours: "Neighbours",
        evidence: "What is said, and the paragraphs that say so",
        picture: "Picture",
        details: "Details",
        try_these: "Begin with one of these:",
        keys: "Keys",
        keys_help: "/ finds; Tab enters the picture; arrow keys go along links; Enter opens details; + and - enlarge and shrink; 0 fits; u undoes; Escape goes back to the box.",
        wrong: "This address cannot be shown: {}",
    },
    ExploreWords {
        tag: "ar",
        title: "استكشاف",
        empty: "لا يُعرض شيء بعد. ابحث عن هيئة أو مبادرة أو حدث أو شخص بأي اسم من أسمائه.",
        find: "ابحث واعرض",
        show: "اعرض",
        as_of: "حتى تاريخ",
        any_date: "أي تاريخ",
        found: "عدد النتائج: {}",
        shown: "يُعرض {} من {}",
        no_room: "لم يتسع المكان لعدد {} آخر: تتسع الصورة لعدد {}. أخفِ شيئاً أو رشّحه.",
        open_next: "اعرض التالي",
        open_all: "اعرض الكل",
        hide: "أخفِ",
        close: "اطوِ",
        page: "الصفحة",
        path_from: "المسار إلى",
        undo: "تراجع عن الخطوة الأخيرة",
        begin: "ابدأ من جديد",
        take_along: "هذا المنظر بصيغة",
        filter: "ما يُعرض",
        relations: "العلاقات",
        hidden: "مستبعد",
        list: "كل ما في الصورة",
        neighbours: "الجيران",
        evidence: "ما قيل، والفقرات التي تقوله",
        picture: "الصورة",
        details: "التفاصيل",
        try_these: "ابدأ بأحد هذه:",
        keys: "المفاتيح",
        keys_help: "/ للبحث؛ Tab للدخول إلى الصورة؛ مفاتيح الأسهم للسير على الروابط؛ Enter لفتح التفاصيل؛ + و- للتكبير والتصغير؛ 0 للملاءمة؛ u للتراجع؛ Escape للعودة إلى خانة البحث.",
        wrong: "لا يمكن عرض هذا العنوان: {}",
    },
    ExploreWords {
        tag: "fr",
        title: "Explorer",
        empty: "Rien n’est encore montré. Cherchez un organisme, une initiative, un événement ou une personne par l’un de ses noms.",
        find: "Chercher et montrer",
        show: "Montrer",
        as_of: "À la date du",
        any_date: "toute date",
        found: "{} trouvés",
        shown: "{} sur {} montrés",
        no_room: "{} autres n’ont pas trouvé place : une image en contient {}. Masquez ou filtrez.",
        open_next: "montrer les suivants",
        open_all: "tout montrer",
        hide: "masquer",
        close: "replier",
        page: "page",
        path_from: "chemin vers",
        undo: "Annuler la dernière étape",
        begin: "Recommencer",
        take_along: "Cette vue en",
        filter: "Ce qui est montré",
        relations: "Relations",
        hidden: "omis",
        list: "Tout ce qui est dans l’image",
        neighbours: "Voisins",
        evidence: "Ce qui est dit, et les paragraphes qui le disent",
        picture: "Image",
        details: "Détails",
        try_these: "Commencez par l’un de ceux-ci :",
        keys: "Touches",
        keys_help: "/ cherche ; Tab entre dans l’image ; les flèches suivent les liens ; Entrée ouvre les détails ; + et - agrandissent et réduisent ; 0 ajuste ; u annule ; Échap revient au champ.",
        wrong: "Cette adresse ne peut être montrée : {}",
    },
    ExploreWords {
        tag: "es",
        title: "Explorar",
        empty: "Aún no se muestra nada. Busque un organismo, una iniciativa, un evento o una persona por cualquiera de sus nombres.",
        find: "Buscar y mostrar",
        show: "Mostrar",
        as_of: "A fecha de",
        any_date: "cualquier fecha",
        found: "{} encontrados",
        shown: "{} de {} mostrados",
        no_room: "{} más no caben: una imagen contiene {}. Oculte o filtre algo.",
        open_next: "mostrar los siguientes",
        open_all: "mostrar todo",
        hide: "ocultar",
        close: "plegar",
        page: "página",
        path_from: "camino hasta",
        undo: "Deshacer el último paso",
        begin: "Empezar de nuevo",
        take_along: "Esta vista como",
        filter: "Lo que se muestra",
        relations: "Relaciones",
        hidden: "omitido",
        list: "Todo lo que hay en la imagen",
        neighbours: "Vecinos",
        evidence: "Lo que se dice, y los párrafos que lo dicen",
        picture: "Imagen",
        details: "Detalles",
        try_these: "Empiece por uno de estos:",
        keys: "Teclas",
        keys_help: "/ busca; Tab entra en la imagen; las flechas siguen los enlaces; Intro abre los detalles; + y - amplían y reducen; 0 ajusta; u deshace; Escape vuelve a la casilla.",
        wrong: "Esta dirección no se puede mostrar: {}",
    },
    ExploreWords {
        tag: "ru",
        title: "Обзор связей",
        empty: "Пока ничего не показано. Найдите организацию, инициативу, мероприятие или лицо по любому из названий.",
        find: "Найти и показать",
        show: "Показать",
        as_of: "На дату",
        any_date: "любая дата",
        found: "Найдено: {}",
        shown: "Показано {} из {}",
        no_room: "Ещё {} не поместились: на рисунке может быть {}. Скройте или отфильтруйте что-нибудь.",
        open_next: "показать следующие",
        open_all: "показать все",
        hide: "скрыть",
        close: "свернуть",
        page: "страница",
        path_from: "путь к",
        undo: "Отменить последний шаг",
        begin: "Начать заново",
        take_along: "Этот вид в формате",
        filter: "Что показано",
        relations: "Связи",
        hidden: "скрыто",
        list: "Всё, что на рисунке",
        neighbours: "Соседи",
        evidence: "Что сказано и в каких пунктах",
        picture: "Рисунок",
        details: "Подробности",
        try_these: "Начните с одного из этих:",
        keys: "Клавиши",
        keys_help: "/ — поиск; Tab — войти в рисунок; стрелки — по связям; Enter — подробности; + и - — крупнее и мельче; 0 — по размеру; u — отмена; Escape — назад к полю.",
        wrong: "Этот адрес нельзя показать: {}",
    },
    ExploreWords {
        tag: "zh",
        title: "探索",
        empty: "尚未显示任何内容。请用任一名称查找机构、倡议、活动或人物。",
        find: "查找并显示",
        show: "显示",
        as_of: "截至日期",
        any_date: "任何日期",
        found: "找到 {} 个",
        shown: "显示 {} / {}",
        no_room: "另有 {} 个放不下：一张图可容纳 {} 个。请隐藏或筛选一些。",
        open_next: "显示下一批",
        open_all: "全部显示",
        hide: "隐藏",
        close: "收起",
        page: "页面",
        path_from: "路径至",
        undo: "撤销上一步",
        begin: "重新开始",
        take_along: "此视图另存为",
        filter: "显示的内容",
        relations: "关系",
        hidden: "已略去",
        list: "图中的全部内容",
        neighbours: "相邻",
        evidence: "所述内容及其段落",
        picture: "图",
        details: "详情",
        try_these: "可从这些开始：",
        keys: "按键",
        keys_help: "/ 查找；Tab 进入图；方向键沿关系移动；Enter 打开详情；+ 与 - 放大缩小；0 适应；u 撤销；Escape 返回查找框。",
        wrong: "无法显示此地址：{}",
    },
];

impl ExploreWords {
    /// Returns the words of a language, or of English.
    pub(in crate::publish::site) fn of(language: Language) -> &'static Self {
        let primary = language.primary();
        ALL.iter().find(|words| words.tag == primary.as_str()).unwrap_or(&ALL[0])
    }

    pub(in crate::publish::site) fn shown(&self, shown: usize, all: usize) -> String {
        filled(self.shown, &[&shown.to_string(), &all.to_string()])
    }

    pub(in crate::publish::site) fn found(&self, n: usize) -> String {
        filled(self.found, &[&n.to_string()])
    }

    pub(in crate::publish::site) fn no_room(&self, n: usize, most: usize) -> String {
        filled(self.no_room, &[&n.to_string(), &most.to_string()])
    }

    pub(in crate::publish::site) fn wrong(&self, why: &str) -> String {
        filled(self.wrong, &[why])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_words_in_each_language_of_the_united_nations() {
        for tag in Language::UN {
            let words = ExploreWords::of(Language::parse(tag).unwrap());
            assert_eq!(words.tag, tag);
            let (shown, no_room) = (words.shown(12, 345), words.no_room(67, 500));
            assert!(shown.contains("12") && shown.contains("345") && no_room.contains("67") && no_room.contains("500"));
            assert!(words.found(9).contains('9') && words.wrong("x y").contains("x y"));
        }
    }
}
