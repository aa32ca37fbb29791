//! Why a build fails.

use std::io;

use crate::draw::DrawError;
use crate::export::ExportError;

/// Why a build ended before its time. There is no manifest then.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BuildError {
    /// A file cannot be written.
    #[error(transparent)]
    Export(#[from] ExportError),
    /// A picture cannot be drawn.
    #[error(transparent)]
    Draw(#[from] DrawError),
    /// A file cannot be read or taken away.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// The manifest cannot be written as JSON.
    #[error("cannot write the manifest")]
    Manifest(#[from] serde_json::Error),
}
