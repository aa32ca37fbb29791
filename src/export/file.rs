//! Files and folders that appear whole or not at all.

use std::fs::File;
use std::io::{self, BufWriter, Write as _};
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use super::{ExportError, Format, Options, Shape};
use crate::graph::KnowledgeGraph;

/// How long a file is written to before what is there is put on the disk.
const BETWEEN_SYNCS: Duration = Duration::from_millis(100);

/// Writes a file by way of a temporary one in the same folder, which is synced and then renamed. Where the path is a link,
/// it stays, and the file that it leads to is replaced. A device, a pipe or a file that is open already (`/dev/fd/3`) cannot
/// be replaced: it is written to, at its end.
///
/// # Errors
///
/// If `write` fails, or the file cannot be made; nothing is left behind then, and a file that was there before stays.
pub fn write_file(
    path: &Path,
    write: impl FnOnce(&mut BufWriter<&mut File>) -> Result<(), ExportError>,
) -> Result<(), ExportError> {
    let failed = |source: io::Error| ExportError::File { path: path.display().to_string(), source };
    let fill = |file: &mut File| {
        let mut buffered = BufWriter::with_capacity(1 << 16, file);
        let written = write(&mut buffered).and_then(|()| Ok(buffered.flush()?));
        written.map_err(|error| if let ExportError::Write(source) = error { failed(source) } else { error })
    };
    let target = followed(path);
    if is_stream(path) || is_stream(&target) {
        return fill(&mut File::options().append(true).open(path).map_err(failed)?);
    }
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder).map_err(failed)?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(".rapporteur-");
    // A temporary file may otherwise be read by its owner only.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut temporary = builder.tempfile_in(folder).map_err(failed)?;
    let synced = temporary.as_file().try_clone().map_err(failed)?;
    syncing(synced, || fill(temporary.as_file_mut()))?.map_err(failed)?;
    temporary.persist(&target).map_err(|error| failed(error.error))?;
    // The new name is on the disk only once the folder is; where folders cannot be opened there is nothing to sync.
    if let Ok(folder) = File::open(folder) {
        folder.sync_all().map_err(failed)?;
    }
    Ok(())
}

/// Where a link leads, even if nothing is there yet; else the path itself.
fn followed(path: &Path) -> PathBuf {
    let leads = |_| std::fs::read_link(path).map(|target| path.with_file_name(target));
    std::fs::canonicalize(path).or_else(leads).unwrap_or_else(|_| path.to_owned())
}

/// Tells whether what is at a path can only be written to: a device, a pipe, or what the system shows of open files.
fn is_stream(path: &Path) -> bool {
    let open = ["/dev/fd", "/dev/stdout", "/dev/stderr", "/proc"];
    let metadata = std::fs::metadata(path);
    open.iter().any(|open| path.starts_with(open)) || metadata.is_ok_and(|there| !there.is_file() && !there.is_dir())
}

/// Has a file synced while `write` fills it, so that little is left to wait for when it is full. Returns how syncing went.
fn syncing(file: File, write: impl FnOnce() -> Result<(), ExportError>) -> Result<io::Result<()>, ExportError> {
    thread::scope(|scope| {
        let (full, wait) = mpsc::channel::<()>();
        let thread = scope.spawn(move || {
            while wait.recv_timeout(BETWEEN_SYNCS) == Err(RecvTimeoutError::Timeout) {
                file.sync_data()?;
            }
            file.sync_all()
        });
        let written = write();
        drop(full);
        let synced = thread.join().unwrap_or_else(|panic| resume_unwind(panic));
        written.map(|()| synced)
    })
}

/// Writes a graph to a file or, if the format is one, to a folder.
///
/// # Errors
///
/// If the format cannot hold what the options ask for, or the output fails; nothing is left behind then.
pub fn write_to(graph: &KnowledgeGraph, format: Format, options: &Options, path: &Path) -> Result<(), ExportError> {
    super::may_have_labels(format, options)?;
    match format.shape() {
        Shape::Rdf { .. } | Shape::File => write_file(path, |out| super::write_graph(graph, format, options, out)),
        Shape::Folder(format) => {
            let ours = |name: &str| super::writes(graph.ontology(), format, name);
            write_folder(path, ours, |folder| super::write_files(graph, format, options, folder))
        }
    }
}

/// Makes a file in a folder that is being filled.
pub(super) fn create(folder: &Path, name: &str) -> Result<BufWriter<File>, ExportError> {
    let path = folder.join(name);
    let file = File::create(&path);
    let file = file.map_err(|source| ExportError::File { path: path.display().to_string(), source })?;
    Ok(BufWriter::with_capacity(1 << 16, file))
}

/// Fills a folder beside its place, and then puts it there; a folder that was there before is removed. Only where its
/// name is that of a file, or of a folder with something in it that is not ours, nothing is done.
fn write_folder(
    path: &Path,
    ours: impl Fn(&str) -> bool,
    fill: impl FnOnce(&Path) -> Result<(), ExportError>,
) -> Result<(), ExportError> {
    let foreign = foreign(&followed(path), ours);
    let foreign = foreign.map_err(|source| ExportError::File { path: path.display().to_string(), source })?;
    replace_folder(path, foreign, fill)
}

/// The same, where it is known what of a folder that is there is not ours.
pub(crate) fn replace_folder<T>(
    path: &Path,
    foreign: Option<PathBuf>,
    fill: impl FnOnce(&Path) -> Result<T, ExportError>,
) -> Result<T, ExportError> {
    let failed = |source: io::Error| ExportError::File { path: path.display().to_string(), source };
    let refused = |message: String| failed(io::Error::new(io::ErrorKind::AlreadyExists, message));
    let target = followed(path);
    if std::env::current_dir().is_ok_and(|current| current == target) {
        return Err(refused("it is the current folder, which cannot be replaced: name one in it".to_owned()));
    }
    if let Some(kept) = foreign {
        return Err(refused(format!("{} is in it, which is not ours to remove", kept.display())));
    }
    let parent = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::create_dir_all(parent).map_err(failed)?;
    let beside = tempfile::Builder::new().prefix(".rapporteur-").tempdir_in(parent).map_err(failed)?;
    let (new, old) = (beside.path().join("new"), beside.path().join("old"));
    std::fs::create_dir(&new).map_err(failed)?;
    let filled = fill(&new)?;
    for entry in std::fs::read_dir(&new).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        if entry.file_type().map_err(failed)?.is_dir() {
            continue;
        }
        File::options().write(true).open(entry.path()).and_then(|file| file.sync_all()).map_err(failed)?;
    }
    let replaces = target.exists();
    if replaces {
        std::fs::rename(&target, &old).map_err(failed)?;
    }
    if let Err(error) = std::fs::rename(&new, &target) {
        if replaces {
            std::fs::rename(&old, &target).map_err(failed)?;
        }
        return Err(failed(error));
    }
    if let Ok(folder) = File::open(parent) {
        folder.sync_all().map_err(failed)?;
    }
    beside.close().map_err(failed)?;
    Ok(filled)
}

/// Something in a folder, if that is there, that is not a file of one of our names.
fn foreign(folder: &Path, ours: impl Fn(&str) -> bool) -> io::Result<Option<PathBuf>> {
    let entries = match std::fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        entries => entries?,
    };
    let mut all: Vec<_> = entries.collect::<io::Result<_>>()?;
    all.sort_by_key(std::fs::DirEntry::file_name);
    for entry in all {
        if !entry.file_type()?.is_file() || !entry.file_name().to_str().is_some_and(&ours) {
            return Ok(Some(entry.path()));
        }
    }
    Ok(None)
}
