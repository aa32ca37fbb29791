//! Whether the data set fits into memory, asked before its tables are read: a machine that swaps is of no use for hours.

use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use super::ReadError;

/// How many bytes of memory a byte of the tables takes until all is linked and checked, as measured on large data sets
/// of short cells; see `docs/performance.md`.
const BYTES_PER_BYTE: u64 = 5;

/// Refuses tables of that many bytes together, which weigh as much as so many of CSV, if they need more memory than there
/// is. Where the system does not say how much there is, nothing is refused.
pub(super) fn check(bytes: u64, weight: u64) -> Result<(), ReadError> {
    within(bytes, weight, limits(Path::new("/")))
}

/// How much memory there is at the most; nothing where the system does not say it.
pub(super) fn available() -> Option<u64> {
    static AVAILABLE: OnceLock<Option<u64>> = OnceLock::new();
    *AVAILABLE.get_or_init(|| limits(Path::new("/")).map(|(limit, _)| limit).min())
}

fn within(bytes: u64, weight: u64, limits: impl Iterator<Item = (u64, String)>) -> Result<(), ReadError> {
    let needed = weight.saturating_mul(BYTES_PER_BYTE);
    match limits.min() {
        Some((available, limit)) if needed > available => Err(ReadError::Memory { bytes, needed, available, limit }),
        Some(_) | None => Ok(()),
    }
}

/// The limits of memory that [Linux] tells, with their names: what is free, and what the process's control group and those
/// around it may use.
///
/// [Linux]: https://docs.kernel.org/admin-guide/cgroup-v2.html#memory-interface-files
fn limits(root: &Path) -> impl Iterator<Item = (u64, String)> {
    let free = fs::read_to_string(root.join("proc/meminfo")).ok().and_then(|text| free(&text));
    let group = fs::read_to_string(root.join("proc/self/cgroup")).unwrap_or_default();
    let group = group.lines().find_map(|line| line.strip_prefix("0::/")).unwrap_or_default().to_owned();
    let groups = root.join("sys/fs/cgroup");
    let files: Vec<_> = Path::new(&group).ancestors().map(|group| groups.join(group).join("memory.max")).collect();
    let maxima = files.into_iter().filter_map(|file| {
        // A group without a limit says `max`.
        let limit = fs::read_to_string(&file).ok()?.trim().parse().ok()?;
        Some((limit, file.display().to_string()))
    });
    let process = fs::read_to_string(root.join("proc/self/limits")).ok().and_then(|text| address_space(&text));
    let free = free.map(|free| (free, "MemAvailable of /proc/meminfo".to_owned()));
    let process = process.map(|limit| (limit, "the address space of the process (ulimit -v)".to_owned()));
    free.into_iter().chain(process).chain(maxima)
}

/// How large the address space of the process may be, in bytes.
fn address_space(limits: &str) -> Option<u64> {
    let line = limits.lines().find_map(|line| line.strip_prefix("Max address space"))?;
    line.split_whitespace().next()?.parse().ok()
}

/// The memory that can be used without swapping, in bytes.
fn free(meminfo: &str) -> Option<u64> {
    let line = meminfo.lines().find_map(|line| line.strip_prefix("MemAvailable:"))?;
    line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()?.checked_mul(1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn system(files: &[(&str, &str)]) -> Vec<(u64, String)> {
        let root = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = root.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let start = format!("{}/", root.path().display());
        limits(root.path()).map(|(limit, name)| (limit, name.replace(&start, "/"))).collect()
    }

    #[test]
    fn the_limits_are_free_memory_and_those_of_the_control_groups() {
        let found = system(&[
            ("proc/meminfo", "MemTotal:       24630264 kB\nMemAvailable:   2000 kB\n"),
            ("proc/self/cgroup", "0::/a/b\n"),
            ("proc/self/limits", "Max address space         8192                 unlimited            bytes     \n"),
            ("sys/fs/cgroup/a/b/memory.max", "max\n"),
            ("sys/fs/cgroup/a/memory.max", "4096\n"),
        ]);
        let group = (4096, "/sys/fs/cgroup/a/memory.max".to_owned());
        let process = (8192, "the address space of the process (ulimit -v)".to_owned());
        assert_eq!(found, [(2_048_000, "MemAvailable of /proc/meminfo".to_owned()), process, group]);
    }

    #[test]
    fn a_system_that_tells_no_limit_has_none() {
        assert_eq!(system(&[]), []);
        assert!(within(u64::MAX, u64::MAX, std::iter::empty()).is_ok());
    }

    #[test]
    fn the_smallest_limit_counts_and_is_named() {
        let limits = || [(1000, "large".to_owned()), (499, "small".to_owned())].into_iter();
        assert!(within(99, 99, limits()).is_ok());
        let error = within(100, 100, limits()).unwrap_err();
        assert_eq!(
            error.to_string(),
            "the tables have 100 bytes and would take about 500 bytes of memory, but 499 bytes are the limit: small"
        );
    }
}
