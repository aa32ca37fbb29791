//! The words and signs of SPARQL that an explanation may name, and the rules beyond its grammar: tables.

/// Something that could stand at some place of a query.
pub(super) struct Candidate {
    /// What is tried.
    pub(super) text: &'static str,
    /// What it is called.
    pub(super) name: &'static str,
}

const fn sign(text: &'static str, name: &'static str) -> Candidate {
    Candidate { text, name }
}

/// Signs and kinds of terms, the most telling first.
pub(super) const SIGNS: &[Candidate] = &[
    // No prefix of this name is ever declared, so that it fits only where one is declared.
    sign("to-be-declared:", "a prefix with its colon"),
    sign("?x", "a variable"),
    sign("<x:x>", "an IRI"),
    sign("\"\"", "a string"),
    sign("1", "a number"),
    sign(".", "`.`"),
    sign(";", "`;`"),
    sign(",", "`,`"),
    sign("}", "`}`"),
    sign(")", "`)`"),
    sign("]", "`]`"),
    sign("{", "`{`"),
    sign("(", "`(`"),
    sign("*", "`*`"),
    sign("=", "`=`"),
];

macro_rules! keywords {
    ($($word:literal)*) => { &[$(Candidate { text: $word, name: $word },)*] };
}

/// The keywords of queries.
pub(super) const KEYWORDS: &[Candidate] = keywords![
    "SELECT" "ASK" "CONSTRUCT" "DESCRIBE" "PREFIX" "BASE" "WHERE" "FROM" "NAMED" "AS" "BY" "IN" "NOT" "EXISTS" "UNION"
    "OPTIONAL" "MINUS" "FILTER" "BIND" "VALUES" "GRAPH" "UNDEF" "DISTINCT" "REDUCED" "GROUP" "HAVING" "ORDER" "LIMIT"
    "OFFSET" "ASC" "DESC" "SEPARATOR" "LATERAL" "VERSION"
];

/// The functions and aggregates.
pub(super) const FUNCTIONS: &[&str] = &[
    "ABS",
    "AVG",
    "BNODE",
    "BOUND",
    "CEIL",
    "COALESCE",
    "CONCAT",
    "CONTAINS",
    "COUNT",
    "DATATYPE",
    "DAY",
    "ENCODE_FOR_URI",
    "FLOOR",
    "GROUP_CONCAT",
    "hasLang",
    "hasLangDir",
    "HOURS",
    "IF",
    "IRI",
    "isBLANK",
    "isIRI",
    "isLITERAL",
    "isNUMERIC",
    "isTriple",
    "isURI",
    "LANG",
    "LANGDIR",
    "LANGMATCHES",
    "LCASE",
    "MAX",
    "MD5",
    "MIN",
    "MINUTES",
    "MONTH",
    "NOW",
    "OBJECT",
    "PREDICATE",
    "RAND",
    "REGEX",
    "REPLACE",
    "ROUND",
    "sameTerm",
    "SAMPLE",
    "SECONDS",
    "SHA1",
    "SHA256",
    "SHA384",
    "SHA512",
    "STR",
    "STRAFTER",
    "STRBEFORE",
    "STRDT",
    "STRENDS",
    "STRLANG",
    "STRLANGDIR",
    "STRLEN",
    "STRSTARTS",
    "STRUUID",
    "SUBJECT",
    "SUBSTR",
    "SUM",
    "TIMEZONE",
    "TRIPLE",
    "TZ",
    "UCASE",
    "URI",
    "UUID",
    "YEAR",
];

/// Signs that a keyboard or a word processor gives instead of those of SPARQL.
pub(super) const LOOKALIKES: &[(&str, &str)] = &[
    ("“", "\""),
    ("”", "\""),
    ("„", "\""),
    ("«", "\""),
    ("»", "\""),
    ("‘", "'"),
    ("’", "'"),
    ("؟", "?"),
    ("؛", ";"),
    ("،", ","),
    ("–", "-"),
    ("−", "-"),
];

/// A rule that the grammar does not state.
pub(super) struct Rule {
    /// How the engine's parser says that it is broken.
    pub(super) engine: &'static str,
    /// How we say it.
    pub(super) message: &'static str,
    /// The keyword that starts the part of the query that breaks it.
    pub(super) keyword: &'static str,
}

/// The [rules of the grammar's notes](https://www.w3.org/TR/sparql12-query/#sparqlGrammar) that the parser checks.
pub(super) const RULES: &[Rule] = &[
    Rule {
        engine: "The SELECT contains a variable that is unbound",
        message: "a variable of this SELECT is neither grouped by nor in an aggregate",
        keyword: "SELECT",
    },
    Rule {
        engine: "The SELECT contains an expression with a variable that is unbound",
        message: "an expression of this SELECT has a variable that is neither grouped by nor in an aggregate",
        keyword: "SELECT",
    },
    Rule {
        engine: "The SELECT overrides an existing variable",
        message: "this SELECT gives a value to a variable that has one already",
        keyword: "SELECT",
    },
    Rule {
        engine: "Duplicated variable name in SELECT",
        message: "this SELECT names a variable twice",
        keyword: "SELECT",
    },
    Rule {
        engine: "SELECT * is not authorized with GROUP BY",
        message: "SELECT * cannot be grouped: name the variables",
        keyword: "SELECT",
    },
    Rule {
        engine: "BIND is overriding an existing variable",
        message: "a BIND of this group gives a value to a variable that has one already",
        keyword: "BIND",
    },
    Rule {
        engine: "Repeated variables are not allowed in VALUES",
        message: "these VALUES name a variable twice",
        keyword: "VALUES",
    },
    Rule {
        engine: "The VALUES clause rows should have exactly",
        message: "a row of these VALUES has more or fewer values than there are variables (UNDEF stands for none)",
        keyword: "VALUES",
    },
];
