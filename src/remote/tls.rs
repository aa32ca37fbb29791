//! TLS for addresses of HTTPS, with the certificates that the system trusts.
//!
//! The cryptography is written for two kinds of processors, and for what those of the last ten years can do.

use ureq::tls::TlsConfig;

use super::RemoteError;

/// Returns how TLS is spoken.
#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
pub(super) fn config() -> Result<TlsConfig, RemoteError> {
    use std::sync::Arc;

    use ureq::tls::{Certificate, RootCerts, TlsProvider};

    if let Some(lacking) = lacking() {
        return Err(RemoteError::NoTls(lacking));
    }
    // Of several places some may not be readable; what there is must do.
    let found = rustls_native_certs::load_native_certs().certs;
    if found.is_empty() {
        return Err(RemoteError::NoCertificates);
    }
    let certificates: Vec<_> = found.iter().map(|found| Certificate::from_der(found).to_owned()).collect();
    Ok(TlsConfig::builder()
        .provider(TlsProvider::Rustls)
        .root_certs(RootCerts::new_with_certs(&certificates))
        .unversioned_rustls_crypto_provider(Arc::new(rustls_graviola::default_provider()))
        .build())
}

/// There is no cryptography for this kind of processor.
#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
pub(super) fn config() -> Result<TlsConfig, RemoteError> {
    Err(RemoteError::NoTls("there is none for its kind"))
}

/// Returns what the processor lacks of what the cryptography is written for; it would panic without.
#[cfg(target_arch = "x86_64")]
fn lacking() -> Option<&'static str> {
    let there = [
        ("it has no AES", is_x86_feature_detected!("aes")),
        ("it has no SSSE3", is_x86_feature_detected!("ssse3")),
        ("it has no PCLMULQDQ", is_x86_feature_detected!("pclmulqdq")),
        ("it has no AVX2", is_x86_feature_detected!("avx") && is_x86_feature_detected!("avx2")),
        ("it has no ADX", is_x86_feature_detected!("adx")),
        ("it has no BMI", is_x86_feature_detected!("bmi1") && is_x86_feature_detected!("bmi2")),
    ];
    there.into_iter().find(|(_, is_there)| !is_there).map(|(lacking, _)| lacking)
}

/// Returns what the processor lacks of what the cryptography is written for; it would panic without.
#[cfg(target_arch = "aarch64")]
fn lacking() -> Option<&'static str> {
    use std::arch::is_aarch64_feature_detected;
    let there = [
        ("it has no NEON", is_aarch64_feature_detected!("neon")),
        ("it has no AES", is_aarch64_feature_detected!("aes") && is_aarch64_feature_detected!("pmull")),
        ("it has no SHA-2", is_aarch64_feature_detected!("sha2")),
    ];
    there.into_iter().find(|(_, is_there)| !is_there).map(|(lacking, _)| lacking)
}
