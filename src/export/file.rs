//! Files that appear whole or not at all.

use std::fs::File;
use std::io::{self, BufWriter, Write as _};
use std::path::Path;

use super::ExportError;

/// Writes a file by way of a temporary one in the same folder, which is synced and then renamed.
///
/// # Errors
///
/// If `write` fails, or the file cannot be made; nothing is left behind then, and a file that was there before stays.
pub fn write_file(
    path: &Path,
    write: impl FnOnce(&mut BufWriter<&mut File>) -> Result<(), ExportError>,
) -> Result<(), ExportError> {
    let failed = |source: io::Error| ExportError::File { path: path.display().to_string(), source };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder).map_err(failed)?;
    let mut temporary = tempfile::Builder::new().prefix(".rapporteur-").tempfile_in(folder).map_err(failed)?;
    {
        let mut buffered = BufWriter::with_capacity(1 << 16, temporary.as_file_mut());
        write(&mut buffered)?;
        buffered.flush().map_err(failed)?;
    }
    temporary.as_file().sync_all().map_err(failed)?;
    make_readable(&temporary).map_err(failed)?;
    temporary.persist(path).map_err(|error| failed(error.error))?;
    // The new name is on the disk only once the folder is; where folders cannot be opened there is nothing to sync.
    if let Ok(folder) = File::open(folder) {
        folder.sync_all().map_err(failed)?;
    }
    Ok(())
}

/// Gives a temporary file, which only its owner may read, the permissions of a file like any other.
#[cfg(unix)]
fn make_readable(temporary: &tempfile::NamedTempFile) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    temporary.as_file().set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn make_readable(_temporary: &tempfile::NamedTempFile) -> io::Result<()> {
    Ok(())
}
