//! Folders that appear whole or not at all.
//!
//! A folder is filled beside its place, in a workspace of that name that only one process has at a time, and then changes
//! places with the one that is there, in one step where the system can. A process that is killed leaves the workspace, and
//! the next that writes there clears it.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::ExportError;
use crate::sort;
use crate::temporary::{Temporary, undisturbed};

/// What is done with what is in a folder and is not ours. Paths are relative to the folder.
pub(crate) enum Others<'a> {
    /// A folder that holds any is left as it is. Ours is what has one of these paths.
    Refused(&'a dyn Fn(&Path) -> bool),
    /// They are in the new folder too. Ours are the files that this says of the folder that is there.
    Carried(&'a dyn Fn(&Path) -> io::Result<BTreeSet<PathBuf>>),
}

/// The workspace beside a folder, until it is dropped.
struct Workspace {
    folder: PathBuf,
    /// Locked: the process that has it may write.
    lock: Option<File>,
    _temporary: Temporary,
}

/// Fills a folder beside its place, and then puts it there, where a link leads if it is one.
///
/// Refused are a folder that cannot be replaced because the process is in it or a file system is mounted there, one that
/// another process is writing, and one that holds what must not be lost.
pub(crate) fn replace_folder<T, E: From<ExportError>>(
    path: &Path,
    others: &Others<'_>,
    fill: impl FnOnce(&Path) -> Result<T, E>,
) -> Result<T, E> {
    let failed = |source: io::Error| ExportError::File { path: path.display().to_string(), source };
    let target = followed(path);
    may_replace(&target).map_err(failed)?;
    let workspace = Workspace::beside(&target).map_err(failed)?;
    let new = workspace.new_folder();
    if let Others::Refused(ours) = others
        && let Some(kept) = foreign(&target, ours).map_err(failed)?
    {
        let message = format!("{} is in it, which is not ours to remove", target.join(kept).display());
        return Err(failed(io::Error::new(ErrorKind::AlreadyExists, message)).into());
    }
    fs::create_dir(&new).map_err(failed)?;
    let filled = fill(&new)?;
    sync(&new).map_err(failed)?;
    put(&workspace, &target, others).map_err(failed)?;
    if let Some(parent) = target.parent().and_then(|parent| File::open(parent).ok()) {
        parent.sync_all().map_err(failed)?;
    }
    Ok(filled)
}

/// Where a link leads, even if nothing is there yet; else the path itself.
pub(super) fn followed(path: &Path) -> PathBuf {
    let leads = |_| fs::read_link(path).map(|target| path.with_file_name(target));
    fs::canonicalize(path).or_else(leads).unwrap_or_else(|_| path.to_owned())
}

/// Tells why a folder cannot be replaced.
fn may_replace(target: &Path) -> io::Result<()> {
    let refused = |message: &str| Err(io::Error::new(ErrorKind::InvalidInput, message));
    if target.file_name().is_none() {
        return refused("it has no name: name a folder in it");
    }
    let Ok(there) = fs::metadata(target) else { return Ok(()) };
    if !there.is_dir() {
        return refused("it is a file, not a folder");
    }
    if std::env::current_dir().and_then(fs::canonicalize).is_ok_and(|current| current.starts_with(target)) {
        return refused("it holds the current folder, so that it cannot be replaced: name a folder in it");
    }
    if is_mounted(target) {
        return refused("a file system is mounted there, so that it cannot be replaced: name a folder in it");
    }
    Ok(())
}

#[cfg(target_os = "linux")]
fn is_mounted(folder: &Path) -> bool {
    use rustix::fs::{AtFlags, CWD, StatxAttributes, StatxFlags, statx};
    statx(CWD, folder, AtFlags::empty(), StatxFlags::BASIC_STATS)
        .is_ok_and(|found| found.stx_attributes.contains(StatxAttributes::MOUNT_ROOT))
}

#[cfg(all(unix, not(target_os = "linux")))]
fn is_mounted(folder: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let device = |path: &Path| fs::metadata(path).map(|found| found.dev()).ok();
    folder.parent().is_some_and(|parent| device(parent) != device(folder))
}

#[cfg(not(unix))]
fn is_mounted(_folder: &Path) -> bool {
    false
}

impl Workspace {
    /// Takes the workspace beside a folder, and clears it of what a process left that was killed.
    fn beside(target: &Path) -> io::Result<Self> {
        let parent = target.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        fs::create_dir_all(parent)?;
        let mut name = OsString::from(".rapporteur-");
        name.push(target.file_name().unwrap_or_default());
        let folder = parent.join(name);
        let lock = lock(&folder)?;
        // Not before: it might be another's.
        let temporary = Temporary::new(&folder);
        let workspace = Self { folder, lock: Some(lock), _temporary: temporary };
        let old = workspace.old_folder();
        if old.exists() && !target.exists() {
            // It was killed between two steps, where there is no one step for both.
            fs::rename(&old, target)?;
        }
        workspace.clear()?;
        Ok(workspace)
    }

    fn new_folder(&self) -> PathBuf {
        self.folder.join("new")
    }

    fn old_folder(&self) -> PathBuf {
        self.folder.join("old")
    }

    fn clear(&self) -> io::Result<()> {
        for folder in [self.new_folder(), self.old_folder()] {
            match fs::remove_dir_all(folder) {
                Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
                Ok(()) | Err(_) => {}
            }
        }
        Ok(())
    }
}

impl Drop for Workspace {
    fn drop(&mut self) {
        // What stays is cleared by the next. The lock goes last but one: the folder stays if another has made one again.
        drop(self.clear());
        drop(fs::remove_file(self.folder.join(LOCK)));
        drop(self.lock.take());
        drop(fs::remove_dir(&self.folder));
    }
}

/// The name of the file in a workspace that is locked.
const LOCK: &str = "lock";

/// Locks a workspace.
fn lock(workspace: &Path) -> io::Result<File> {
    // As often as others come and go in between.
    const TRIES: usize = 100;
    let path = workspace.join(LOCK);
    for _ in 0..TRIES {
        fs::create_dir_all(workspace)?;
        let file = match File::options().create(true).truncate(false).write(true).open(&path) {
            Err(error) if error.kind() == ErrorKind::NotFound => continue,
            file => file?,
        };
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => {
                let message = "another process is writing it: wait until it is done";
                return Err(io::Error::new(ErrorKind::ResourceBusy, message));
            }
            Err(TryLockError::Error(error)) if error.kind() != ErrorKind::Unsupported => return Err(error),
            Ok(()) | Err(TryLockError::Error(_)) => {}
        }
        // Who had it may have taken it away just now.
        if is_at(&file, &path) {
            return Ok(file);
        }
    }
    Err(io::Error::new(ErrorKind::ResourceBusy, "other processes are writing it"))
}

#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let of = |found: io::Result<fs::Metadata>| found.map(|found| (found.dev(), found.ino())).ok();
    of(file.metadata()).is_some_and(|number| of(fs::metadata(path)) == Some(number))
}

#[cfg(not(unix))]
fn is_at(_file: &File, path: &Path) -> bool {
    path.exists()
}

/// Puts the files of a folder on the disk that lie in it, and not deeper: there each file was synced when it was written.
fn sync(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            File::options().write(true).open(entry.path())?.sync_all()?;
        }
    }
    Ok(())
}

/// Puts the new folder in its place, and what is not ours of the old one into it.
fn put(workspace: &Workspace, target: &Path, others: &Others<'_>) -> io::Result<()> {
    let new = workspace.new_folder();
    if fs::symlink_metadata(target).is_err() {
        return undisturbed(|| fs::rename(&new, target));
    }
    fs::set_permissions(&new, fs::metadata(target)?.permissions())?;
    let ours = match others {
        Others::Refused(_) => None,
        Others::Carried(ours) => Some(ours(target)?),
    };
    if let Some(ours) = &ours {
        carry(target, &new, Path::new(""), ours)?;
    }
    undisturbed(|| {
        let old = if exchange(&new, target)? {
            new
        } else {
            // Here is no folder for a moment; the next process puts the old one back if this one is killed now.
            let old = workspace.old_folder();
            fs::rename(target, &old)?;
            if let Err(error) = fs::rename(&new, target) {
                fs::rename(&old, target)?;
                return Err(error);
            }
            old
        };
        // What others have put there in the meantime.
        ours.map_or(Ok(()), |ours| carry(&old, target, Path::new(""), &ours))
    })
}

/// Lets two folders change places in one step; tells whether the system can.
#[cfg(any(target_os = "linux", target_os = "macos"))]
fn exchange(one: &Path, other: &Path) -> io::Result<bool> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    match renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(true),
        Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn exchange(_one: &Path, _other: &Path) -> io::Result<bool> {
    Ok(false)
}

/// Puts what is in a folder and not ours into another one, where there is nothing of that name: as a second name of the
/// same file, so that it is in neither folder's way. O(what is in it).
fn carry(from: &Path, to: &Path, inside: &Path, ours: &BTreeSet<PathBuf>) -> io::Result<()> {
    let mut is_empty = true;
    for entry in fs::read_dir(from.join(inside))? {
        let entry = entry?;
        is_empty = false;
        let path = inside.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            carry(from, to, &path, ours)?;
        } else if !ours.contains(&path) && fs::symlink_metadata(to.join(&path)).is_err() {
            make_folders(from, to, inside)?;
            link(&entry.path(), &to.join(&path))?;
        }
    }
    if is_empty { make_folders(from, to, inside) } else { Ok(()) }
}

/// Makes a folder with those that it is in, as they are in another place.
fn make_folders(from: &Path, to: &Path, inside: &Path) -> io::Result<()> {
    if to.join(inside).is_dir() {
        return Ok(());
    }
    if let Some(parent) = inside.parent() {
        make_folders(from, to, parent)?;
    }
    fs::create_dir(to.join(inside))?;
    fs::set_permissions(to.join(inside), fs::metadata(from.join(inside))?.permissions())
}

fn link(from: &Path, to: &Path) -> io::Result<()> {
    let Err(error) = fs::hard_link(from, to) else { return Ok(()) };
    // Some file systems have no second names.
    if fs::symlink_metadata(from)?.is_file() { fs::copy(from, to).map(|_| ()) } else { Err(error) }
}

/// Returns something in a folder, if that is there, that is not a file of ours.
fn foreign(folder: &Path, ours: &dyn Fn(&Path) -> bool) -> io::Result<Option<PathBuf>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        entries => entries?,
    };
    let mut all: Vec<_> = entries.collect::<io::Result<_>>()?;
    sort::by_key(&mut all, fs::DirEntry::file_name);
    for entry in all {
        let name = PathBuf::from(entry.file_name());
        if !entry.file_type()?.is_file() || !ours(&name) {
            return Ok(Some(name));
        }
    }
    Ok(None)
}
