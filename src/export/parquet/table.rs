//! A table of Parquet: rows go in, columns come out, in row groups of bounded size.
//!
//! What is not stated is null, of a list too. Lists have the
//! [three levels](https://github.com/apache/parquet-format/blob/master/LogicalTypes.md#lists) that every reader knows.

use std::fs::File;
use std::io;
use std::sync::Arc;

use bytes::Bytes;
use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::column::writer::{ColumnCloseResult, ColumnWriterImpl};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int32Type, Int64Type};
use parquet::errors::Result;
use parquet::file::properties::{WriterProperties, WriterPropertiesPtr};
use parquet::file::writer::{SerializedFileWriter, SerializedPageWriter, TrackedWrite};
use parquet::schema::types::{ColumnDescPtr, SchemaDescriptor, Type, TypePtr};

use super::super::network::{Cell, Kind};
use crate::model::Date;
use crate::parallel;

/// The application and its version. Readers use it to recognize the faults of old writers.
const CREATED_BY: &str = concat!("rapporteur version ", env!("CARGO_PKG_VERSION"));

/// How many bytes of values a row group gathers before it is written; memory holds about twice as many.
const GROUP: usize = 16 << 20;
/// How many bytes a value takes besides those of its text: its place in the column and its allocation.
const OVERHEAD: usize = 64;

/// What a column of a table is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Field {
    pub(super) name: String,
    pub(super) kind: Kind,
    pub(super) list: bool,
    /// Whether every row has a value.
    pub(super) required: bool,
}

/// The columns of a table, and how they are written.
pub(super) struct Schema {
    fields: Vec<Field>,
    root: TypePtr,
    columns: SchemaDescriptor,
    properties: WriterPropertiesPtr,
}

impl Schema {
    pub(super) fn new(fields: Vec<Field>) -> io::Result<Self> {
        let types = fields.iter().map(Field::schema).collect::<Result<Vec<_>>>();
        let root = types.and_then(|types| Type::group_type_builder("schema").with_fields(types).build());
        let root = Arc::new(root.map_err(failed)?);
        let properties = WriterProperties::builder()
            .set_created_by(CREATED_BY.to_owned())
            .set_compression(Compression::SNAPPY)
            .build();
        let columns = SchemaDescriptor::new(Arc::clone(&root));
        Ok(Self { fields, root, columns, properties: Arc::new(properties) })
    }
}

/// Writes a table: of each part the rows that `add_rows` adds, as row groups of their own. Several parts are encoded at the
/// same time.
pub(super) fn write_table<T: Sync>(
    schema: &Schema,
    parts: &[T],
    file: File,
    add_rows: impl Fn(&T, &mut Rows<'_>) -> io::Result<()> + Sync,
) -> io::Result<File> {
    let mut file =
        SerializedFileWriter::new(file, Arc::clone(&schema.root), Arc::clone(&schema.properties)).map_err(failed)?;
    let encode = |part: &T| {
        let mut rows = Rows::new(schema);
        add_rows(part, &mut rows)?;
        rows.finish()
    };
    parallel::in_order(parts, encode, |groups: io::Result<Vec<Group>>| {
        groups?.into_iter().try_for_each(|columns| append(&mut file, columns).map_err(failed))
    })?;
    file.into_inner().map_err(failed)
}

/// The encoded columns of a row group.
type Group = Vec<(Bytes, ColumnCloseResult)>;

fn append(file: &mut SerializedFileWriter<File>, columns: Group) -> Result<()> {
    let mut group = file.next_row_group()?;
    for (bytes, column) in columns {
        group.append_column(&bytes, column)?;
    }
    group.close()?;
    Ok(())
}

/// Rows that become one or more row groups.
pub(super) struct Rows<'a> {
    schema: &'a Schema,
    columns: Vec<Column>,
    /// The bytes of the rows that are not encoded yet.
    bytes: usize,
    groups: Vec<Group>,
}

impl<'a> Rows<'a> {
    fn new(schema: &'a Schema) -> Self {
        Self { schema, columns: schema.fields.iter().map(Column::new).collect(), bytes: 0, groups: Vec::new() }
    }

    /// Adds a row: the values of its first columns, then cells whose columns are counted from there, sorted by column.
    pub(super) fn add(&mut self, first: &[Option<&str>], cells: &[Cell<'_>]) -> io::Result<()> {
        for (column, value) in self.columns.iter_mut().zip(first) {
            self.bytes += column.add(value.as_slice());
        }
        let mut cells = cells.iter().peekable();
        for (number, column) in self.columns[first.len()..].iter_mut().enumerate() {
            let cell = cells.next_if(|cell| cell.column == number);
            self.bytes += column.add(cell.map_or(&[], |cell| &cell.values));
        }
        if self.bytes >= GROUP { self.encode().map_err(failed) } else { Ok(()) }
    }

    fn finish(mut self) -> io::Result<Vec<Group>> {
        if self.bytes > 0 {
            self.encode().map_err(failed)?;
        }
        Ok(self.groups)
    }

    /// Makes a row group of the gathered rows.
    fn encode(&mut self) -> Result<()> {
        let mut group = Group::with_capacity(self.columns.len());
        for (column, place) in self.columns.iter_mut().zip(self.schema.columns.columns()) {
            group.push(column.encode(place, self.schema)?);
            column.clear();
        }
        self.groups.push(group);
        self.bytes = 0;
        Ok(())
    }
}

/// A failure of the library, whose only cause here is that the output fails.
fn failed(error: parquet::errors::ParquetError) -> io::Error {
    io::Error::other(error)
}

impl Field {
    /// The type of the column, as the file declares it.
    fn schema(&self) -> Result<TypePtr> {
        let (physical, logical) = match self.kind {
            Kind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
            Kind::Day => (Physical::INT32, Some(LogicalType::Date)),
            Kind::Integer => (Physical::INT64, None),
            Kind::Number => (Physical::DOUBLE, None),
            Kind::Boolean => (Physical::BOOLEAN, None),
        };
        let value = |name: &str, repetition| {
            let value = Type::primitive_type_builder(name, physical).with_logical_type(logical.clone());
            Ok(Arc::new(value.with_repetition(repetition).build()?))
        };
        let repetition = if self.required { Repetition::REQUIRED } else { Repetition::OPTIONAL };
        if !self.list {
            return value(&self.name, repetition);
        }
        let element = value("element", Repetition::REQUIRED)?;
        let list = Type::group_type_builder("list").with_repetition(Repetition::REPEATED).with_fields(vec![element]);
        let outer = Type::group_type_builder(&self.name).with_repetition(repetition);
        let outer = outer.with_logical_type(Some(LogicalType::List)).with_fields(vec![Arc::new(list.build()?)]);
        Ok(Arc::new(outer.build()?))
    }
}

/// The values of a column in the rows that are not written yet, with their
/// [levels](https://parquet.apache.org/docs/file-format/nestedencoding/).
struct Column {
    list: bool,
    required: bool,
    values: Values,
    definitions: Vec<i16>,
    repetitions: Vec<i16>,
}

/// Values of one type.
enum Values {
    /// In one text, with the end of each: the library wants an allocation for each, or slices of one.
    Text(Vec<u8>, Vec<usize>),
    Day(Vec<i32>),
    Integer(Vec<i64>),
    Number(Vec<f64>),
    Boolean(Vec<bool>),
}

impl Column {
    fn new(field: &Field) -> Self {
        let values = match field.kind {
            Kind::Text => Values::Text(Vec::new(), Vec::new()),
            Kind::Day => Values::Day(Vec::new()),
            Kind::Integer => Values::Integer(Vec::new()),
            Kind::Number => Values::Number(Vec::new()),
            Kind::Boolean => Values::Boolean(Vec::new()),
        };
        Self { list: field.list, required: field.required, values, definitions: Vec::new(), repetitions: Vec::new() }
    }

    /// Adds the values of a row, and returns how many bytes they take; what the type cannot hold is left out.
    fn add(&mut self, texts: &[impl AsRef<str>]) -> usize {
        let (present, before) = (if self.list { 2 } else { 1 }, self.definitions.len());
        let mut bytes = 0;
        for text in texts.iter().map(AsRef::as_ref).filter(|text| self.values.push(text)) {
            self.repetitions.push(i16::from(self.definitions.len() > before));
            self.definitions.push(present);
            bytes += text.len() + OVERHEAD;
        }
        if self.definitions.len() == before {
            self.repetitions.push(0);
            self.definitions.push(0);
            bytes += size_of::<[i16; 2]>();
        }
        bytes
    }

    fn encode(&self, place: &ColumnDescPtr, schema: &Schema) -> Result<(Bytes, ColumnCloseResult)> {
        match &self.values {
            Values::Text(text, ends) => {
                let (text, mut start) = (Bytes::copy_from_slice(text), 0);
                let slice = |&end: &usize| ByteArray::from(text.slice(std::mem::replace(&mut start, end)..end));
                let values: Vec<ByteArray> = ends.iter().map(slice).collect();
                self.encoded::<ByteArrayType>(&values, place, schema)
            }
            Values::Day(values) => self.encoded::<Int32Type>(values, place, schema),
            Values::Integer(values) => self.encoded::<Int64Type>(values, place, schema),
            Values::Number(values) => self.encoded::<DoubleType>(values, place, schema),
            Values::Boolean(values) => self.encoded::<BoolType>(values, place, schema),
        }
    }

    fn encoded<T: DataType>(
        &self,
        values: &[T::T],
        place: &ColumnDescPtr,
        schema: &Schema,
    ) -> Result<(Bytes, ColumnCloseResult)> {
        let mut bytes = TrackedWrite::new(Vec::new());
        let pages = Box::new(SerializedPageWriter::new(&mut bytes));
        let mut writer = ColumnWriterImpl::<'_, T>::new(Arc::clone(place), Arc::clone(&schema.properties), pages);
        let definitions = (!self.required).then_some(self.definitions.as_slice());
        let repetitions = self.list.then_some(self.repetitions.as_slice());
        writer.write_batch(values, definitions, repetitions)?;
        let closed = writer.close()?;
        Ok((bytes.into_inner()?.into(), closed))
    }

    fn clear(&mut self) {
        match &mut self.values {
            Values::Text(text, ends) => {
                text.clear();
                ends.clear();
            }
            Values::Day(values) => values.clear(),
            Values::Integer(values) => values.clear(),
            Values::Number(values) => values.clear(),
            Values::Boolean(values) => values.clear(),
        }
        self.definitions.clear();
        self.repetitions.clear();
    }
}

impl Values {
    /// Adds a value, if it is one of the type, and tells whether it is.
    fn push(&mut self, text: &str) -> bool {
        match self {
            Self::Text(all, ends) => {
                all.extend_from_slice(text.as_bytes());
                push(ends, Some(all.len()))
            }
            Self::Day(values) => push(values, day(text)),
            Self::Integer(values) => push(values, text.parse().ok()),
            Self::Number(values) => push(values, text.parse().ok()),
            Self::Boolean(values) => push(values, text.parse().ok()),
        }
    }
}

fn push<T>(values: &mut Vec<T>, value: Option<T>) -> bool {
    let is_some = value.is_some();
    values.extend(value);
    is_some
}

/// The number of a day that readers have: their calendars go from year 1 to 9999.
fn day(text: &str) -> Option<i32> {
    let date = Date::parse(text).ok()?;
    let day = date.earliest.filter(|day| date.latest == Some(*day) && (1..=9999).contains(&day.year))?;
    i32::try_from(day.number()).ok()
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use parquet::file::reader::{FileReader as _, SerializedFileReader};
    use parquet::record::Field as Value;

    use super::*;

    fn field(name: &str, kind: Kind, list: bool) -> Field {
        Field { name: name.to_owned(), kind, list, required: false }
    }

    fn cell(column: usize, values: &[&str]) -> Cell<'static> {
        Cell { column, values: values.iter().map(|&value| Cow::Owned(value.to_owned())).collect() }
    }

    /// The rows of a table as JSON, as the library reads them, and the number of row groups.
    fn read_back(fields: Vec<Field>, rows: &[(&str, Vec<Cell<'_>>)]) -> (Vec<serde_json::Value>, usize) {
        let id = Field { required: true, ..field("id", Kind::Text, false) };
        let fields = [id].into_iter().chain(fields).collect();
        let schema = Schema::new(fields).unwrap();
        let file = write_table(&schema, &[rows], tempfile::tempfile().unwrap(), |part, rows| {
            part.iter().try_for_each(|(id, cells)| rows.add(&[Some(id)], cells))
        });
        let reader = SerializedFileReader::new(file.unwrap()).unwrap();
        let rows = reader.get_row_iter(None).unwrap().map(|row| {
            let columns = row.unwrap().into_columns().into_iter();
            columns.map(|(name, value)| (name, json(&value))).collect()
        });
        (rows.collect(), reader.num_row_groups())
    }

    fn json(value: &Value) -> serde_json::Value {
        match value {
            Value::Null => serde_json::Value::Null,
            Value::Bool(value) => (*value).into(),
            Value::Long(value) => (*value).into(),
            Value::Double(value) => (*value).into(),
            Value::Date(days) => format!("day {days}").into(),
            Value::Str(text) => text.as_str().into(),
            Value::ListInternal(list) => list.elements().iter().map(json).collect(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn every_type_is_read_back_and_what_is_not_stated_is_null() {
        let fields = vec![
            field("text", Kind::Text, false),
            field("number", Kind::Number, false),
            field("integers", Kind::Integer, true),
            field("truth", Kind::Boolean, false),
            field("day", Kind::Day, false),
        ];
        let full = vec![
            cell(0, &["نص\u{0}\n\"'"]),
            cell(1, &["-0.5"]),
            cell(2, &["9007199254740992", "-1"]),
            cell(3, &["true"]),
            cell(4, &["2024-02-29"]),
        ];
        let (rows, groups) = read_back(fields, &[("full", full), ("empty", vec![]), ("some", vec![cell(2, &["7"])])]);
        assert_eq!(groups, 1);
        assert_eq!(
            rows,
            [
                serde_json::json!({"id": "full", "text": "نص\u{0}\n\"'", "number": -0.5, "integers": [9_007_199_254_740_992_i64, -1], "truth": true, "day": "day 19782"}),
                serde_json::json!({"id": "empty", "text": null, "number": null, "integers": null, "truth": null, "day": null}),
                serde_json::json!({"id": "some", "text": null, "number": null, "integers": [7], "truth": null, "day": null}),
            ]
        );
    }

    #[test]
    fn days_that_no_reader_has_are_null() {
        let days = ["0001-01-01", "9999-12-31", "0000-12-31", "-0001-01-01", "10000-01-01", "2024-02", "2024-02-30"];
        let rows: Vec<_> = days.iter().map(|day| (*day, vec![cell(0, &[day])])).collect();
        let (rows, _) = read_back(vec![field("day", Kind::Day, false)], &rows);
        let kept = rows.iter().filter(|row| !row["day"].is_null()).map(|row| row["id"].as_str().unwrap());
        assert_eq!(kept.collect::<Vec<_>>(), days[..2]);
    }

    #[test]
    fn a_row_group_is_written_when_enough_is_gathered() {
        let long = "x".repeat(GROUP / 4);
        let rows = vec![("row", vec![cell(0, &[&long])]); 9];
        let (rows, groups) = read_back(vec![field("text", Kind::Text, true)], &rows);
        assert_eq!((rows.len(), groups), (9, 3));
        assert!(rows.iter().all(|row| row["text"][0] == long));
    }

    #[test]
    fn a_table_may_have_no_rows() {
        assert_eq!(read_back(vec![field("text", Kind::Text, true)], &[]), (vec![], 0));
    }
}
