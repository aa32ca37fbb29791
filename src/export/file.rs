//! Files that appear whole or not at all.

use std::fs::File;
use std::io::{self, BufWriter, Write as _};
use std::panic::resume_unwind;
use std::path::Path;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use super::folder::{Others, followed, replace_folder};
use super::{ExportError, Format, Options, Shape};
use crate::graph::KnowledgeGraph;
use crate::temporary::{Temporary, is_left};

/// How long a file is written to before what is there is put on the disk.
const BETWEEN_SYNCS: Duration = Duration::from_millis(100);

/// Writes a file by way of a temporary one in the same folder, which is synced and then renamed. Where the path is a link,
/// it stays, and the file that it leads to is replaced. A device, a pipe or a file that is open already (`/dev/fd/3`) cannot
/// be replaced: it is written to, at its end.
///
/// # Errors
///
/// If `write` fails, or the file cannot be made; nothing is left behind then, and a file that was there before stays.
pub(crate) fn write_file(
    path: &Path,
    write: impl FnOnce(&mut BufWriter<&mut File>) -> Result<(), ExportError>,
) -> Result<(), ExportError> {
    let mut write = Some(write);
    replace(path, &mut |out| write.take().map_or(Ok(()), |write| write(out)))
}

/// The same, compiled once for whatever is written. `write` is called once.
fn replace(
    path: &Path,
    write: &mut dyn FnMut(&mut BufWriter<&mut File>) -> Result<(), ExportError>,
) -> Result<(), ExportError> {
    let failed = |source: io::Error| ExportError::File { path: path.display().to_string(), source };
    let mut fill = |file: &mut File| {
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
    builder.prefix(PREFIX);
    // A temporary file may otherwise be read by its owner only.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut temporary = builder.tempfile_in(folder).map_err(failed)?;
    let _known = Temporary::new(temporary.path());
    // Locked as long as it is written; where there are no locks, nothing is ever taken away of others.
    drop(temporary.as_file().try_lock());
    sweep(folder, temporary.as_file()).map_err(failed)?;
    let synced = temporary.as_file().try_clone().map_err(failed)?;
    syncing(synced, || fill(temporary.as_file_mut()))?.map_err(failed)?;
    temporary.persist(&target).map_err(|error| failed(error.error))?;
    // The new name is on the disk only once the folder is; where folders cannot be opened there is nothing to sync.
    if let Ok(folder) = File::open(folder) {
        folder.sync_all().map_err(failed)?;
    }
    Ok(())
}

/// Takes away what killed processes left in a folder.
fn sweep(folder: &Path, now: &File) -> io::Result<()> {
    for entry in std::fs::read_dir(folder)?.flatten() {
        let is_temporary = entry.file_name().to_str().is_some_and(|name| name.starts_with(PREFIX));
        if is_temporary && is_left(&entry.path(), now) {
            // What cannot be removed is another's.
            drop(std::fs::remove_file(entry.path()));
        }
    }
    Ok(())
}

/// What the names of temporary files begin with.
const PREFIX: &str = ".rapporteur-";

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
        let all = file.try_clone();
        let thread = thread::Builder::new().spawn_scoped(scope, move || {
            while wait.recv_timeout(BETWEEN_SYNCS) == Err(RecvTimeoutError::Timeout) {
                file.sync_data()?;
            }
            Ok(())
        });
        let written = write();
        drop(full);
        // Without a thread all is synced at the end.
        let meanwhile = thread.map_or(Ok(()), |thread| thread.join().unwrap_or_else(|panic| resume_unwind(panic)));
        written.map(|()| meanwhile.and_then(|()| all?.sync_all()))
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
            let ours = |path: &Path| path.to_str().is_some_and(|name| super::writes(graph.ontology(), format, name));
            replace_folder(path, &Others::Refused(&ours), |folder| super::write_files(graph, format, options, folder))
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
