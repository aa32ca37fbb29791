//! Entities made of references to nothing, where a mapping asks for them: the countries of a table of cities.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::{Code, Finding, Findings};
use crate::model::{ClassId, Place, fold, visible};
use crate::ontology::{Column, Ontology};
use crate::read::{Created, Dataset, TableKind};

/// Adds a table of the entities that references to nothing ask for, and tells of each once.
///
/// Does nothing unless a mapping says `create`. O(rows) otherwise.
pub(crate) fn create(dataset: &mut Dataset, ontology: &Ontology) -> Vec<Finding> {
    let Some(&language) = dataset.config.languages.first() else { return Vec::new() };
    let columns: Vec<_> = asking(dataset).collect();
    if columns.is_empty() {
        return Vec::new();
    }
    let mut known = Known::of(dataset, ontology);
    let (mut created, mut findings) = (Vec::new(), Findings::default());
    for (number, column, class) in columns {
        let table = &dataset.tables[usize::from(number)];
        let wanted = table.reference(column).class.unwrap_or(class);
        for row in 0..table.rows() {
            for (value, text) in table.values(row, column) {
                if known.has(&text, wanted, ontology) {
                    continue;
                }
                let Some(id) = known.free_id(&text, &ontology.class(class).name) else { continue };
                let place = Place { table: number, row, column, value };
                let label = table.called(place).unwrap_or_else(|| text.clone());
                let location = dataset.locate(place);
                let name = ontology.class(class).name.clone();
                let message = format!("`{label}` is not in the data set: the {name} `{id}` is made of it");
                let finding = Finding::new(Code::CreatedEntity, location.clone(), message).about(id.as_str());
                findings.push(finding.help("add it to a table to say more of it"));
                known.add([&*text, &*label], &id, class);
                created.push(Created { id, class: name, label: visible(&label).into_owned(), location });
            }
        }
    }
    dataset.add_created(created, language, ontology.known().label);
    findings.into_vec()
}

/// The columns whose references to nothing are made entities: table, column, class.
fn asking(dataset: &Dataset) -> impl Iterator<Item = (u16, u16, ClassId)> {
    let tables = (0..).zip(&dataset.tables);
    tables.flat_map(|(number, table)| {
        let columns = (0..).zip(table.columns()).filter(|(_, meaning)| meaning.is_some());
        columns.filter_map(move |(column, _)| Some((number, column, table.reference(column).create?)))
    })
}

/// The ids and names that are known before anything is linked.
struct Known {
    /// The classes of the entities of an id or folded name.
    classes: BTreeMap<String, Vec<ClassId>>,
    ids: BTreeSet<String>,
}

impl Known {
    fn of(dataset: &Dataset, ontology: &Ontology) -> Self {
        let naming = ontology.known().naming();
        let mut known = Self { classes: BTreeMap::new(), ids: BTreeSet::new() };
        for table in dataset.tables.iter().filter(|table| table.kind() == TableKind::Entities) {
            let (Some(id), Some(class)) = (table.column(Column::Id), table.column(Column::Class)) else { continue };
            let names = table.columns_of(&naming);
            for row in 0..table.rows() {
                let id = visible(&table.cell(row, id)).into_owned();
                let class = table.cell(row, class);
                let class = ontology.class_meant(&class, |_| true, &dataset.config.languages).ok();
                for (_, name) in names.iter().flat_map(|&column| table.values(row, column)) {
                    known.classes.entry(fold(&name)).or_default().extend(class);
                }
                known.classes.entry(id.clone()).or_default().extend(class);
                known.ids.insert(id);
            }
        }
        known
    }

    /// Tells whether a reference is to something of a class.
    fn has(&self, reference: &str, class: ClassId, ontology: &Ontology) -> bool {
        let of = |key: &str| self.classes.get(key).into_iter().flatten().any(|&is| ontology.is_a(is, class));
        of(&visible(reference)) || of(&fold(reference))
    }

    fn add(&mut self, names: [&str; 2], id: &str, class: ClassId) {
        for name in names {
            self.classes.entry(fold(name)).or_default().push(class);
        }
        self.ids.insert(id.to_owned());
    }

    /// Returns an id that is made of a name, and not taken; nothing if the name has no letters.
    fn free_id(&self, name: &str, class: &str) -> Option<String> {
        let plain = Dataset::id_of(name);
        if plain.is_empty() {
            return None;
        }
        let with_class = format!("{plain}-{}", class.to_lowercase());
        let numbered = (2..).map(|number| format!("{with_class}-{number}"));
        [plain, with_class.clone()].into_iter().chain(numbered).find(|id| !self.ids.contains(id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{self, Source};

    /// Id and label of each entity that is made of a table with this mapping of its column `in`.
    fn made(cells: &str, mapping: &str) -> Vec<(String, String)> {
        let folder = tempfile::tempdir().unwrap();
        let config = format!(
            "id = \"t\"\nbase = \"https://example.org/\"\nlicense = \"https://example.org/l\"\nlanguages = [\"en\"]\n\
             [table.\"t.csv\".columns]\nin = {{ property = \"partOf\", create = \"Place\", {mapping} }}\n"
        );
        std::fs::write(folder.path().join("dataset.toml"), config).unwrap();
        std::fs::write(folder.path().join("t.csv"), format!("id,class,label@en,in\na,Place,A,{cells}\n")).unwrap();
        let ontology = Ontology::shipped().unwrap();
        let (mut dataset, findings) = read::dataset(&Source::Folder(folder.path().to_owned()), &ontology).unwrap();
        assert_eq!(findings, []);
        let n_tables = dataset.tables.len();
        let told = create(&mut dataset, &ontology);
        let Some(table) = dataset.tables.get(n_tables) else { return Vec::new() };
        assert_eq!(told.len(), table.rows() as usize);
        (0..table.rows()).map(|row| (table.cell(row, 0).into_owned(), table.cell(row, 2).into_owned())).collect()
    }

    #[test]
    fn what_is_made_is_called_as_the_cell_says() {
        let pair = |id: &str, label: &str| (id.to_owned(), label.to_owned());
        let region = "template = \"m49-{}\"";
        assert_eq!(made("Southern Asia|A", region), [pair("m49-southern-asia", "Southern Asia"), pair("m49-a", "A")]);
        let other = "template = \"m49-{}\", values = { S = \"South\", A = \"a\" }";
        assert_eq!(made("S|A", other), [pair("south", "South")]);
        assert_eq!(made("Southern  Asia", "separator = \";\""), [pair("southern-asia", "Southern  Asia")]);
        assert_eq!(made("A", "separator = \";\""), []);
    }
}
