/**
 * Certificates of `localhost` and 127.0.0.1 for tests, with the key of both: this key protects nothing. Made with
 * `openssl ca -selfsign` (P-256), the first valid from 2020 to 2120, the second in January 2020 only.
 */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

const KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgK/NTl/fGWh/Hn2RS
KrDBWB4enz5QwmgDVaTXJZDOSq+hRANCAAShVxlO1t56vcOHEXdYVRgzCEx2Bxvq
UtXsjD+5m6rN/gIaI1FQKQKZuLH2iZqZId/IA+mmOlPAts0xUVzKjD2u
-----END PRIVATE KEY-----
`;

const SELF_SIGNED = `-----BEGIN CERTIFICATE-----
MIIBZjCCAQ2gAwIBAgIBATAKBggqhkjOPQQDAjAUMRIwEAYDVQQDDAlsb2NhbGhv
c3QwIBcNMjAwMTAxMDAwMDAwWhgPMjEyMDAxMDEwMDAwMDBaMBQxEjAQBgNVBAMM
CWxvY2FsaG9zdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABKFXGU7W3nq9w4cR
d1hVGDMITHYHG+pS1eyMP7mbqs3+AhojUVApApm4sfaJmpkh38gD6aY6U8C2zTFR
XMqMPa6jTjBMMBoGA1UdEQQTMBGCCWxvY2FsaG9zdIcEfwAAATAPBgNVHRMBAf8E
BTADAQH/MB0GA1UdDgQWBBRYor1G8drjLn7VpjYPiGo4cKTeWzAKBggqhkjOPQQD
AgNHADBEAiBlQOAJSu+rEzNi1gbcAazziDG0dr/owsWplBuS4f05xwIgK25KnBzb
cxDAt5f5A+XKndA9GbdzKT5fbRhUPk33zq0=
-----END CERTIFICATE-----
`;

const EXPIRED = `-----BEGIN CERTIFICATE-----
MIIBZDCCAQugAwIBAgIBAjAKBggqhkjOPQQDAjAUMRIwEAYDVQQDDAlsb2NhbGhv
c3QwHhcNMjAwMTAxMDAwMDAwWhcNMjAwMjAxMDAwMDAwWjAUMRIwEAYDVQQDDAls
b2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAShVxlO1t56vcOHEXdY
VRgzCEx2BxvqUtXsjD+5m6rN/gIaI1FQKQKZuLH2iZqZId/IA+mmOlPAts0xUVzK
jD2uo04wTDAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwDwYDVR0TAQH/BAUw
AwEB/zAdBgNVHQ4EFgQUWKK9RvHa4y5+1aY2D4hqOHCk3lswCgYIKoZIzj0EAwID
RwAwRAIgTk9zWQoju6eF1gS535dsABACGYjJcHWImLLwxLm5PbkCIHmdj0DPn2R8
swLmIGeqR6gSyMh8CyPtrSt1iMFTp/Tm
-----END CERTIFICATE-----
`;

export type CertificateName = "self-signed" | "expired";

export const CERTIFICATES: Readonly<Record<CertificateName, Certificate>> = {
  "self-signed": { key: KEY, cert: SELF_SIGNED },
  expired: { key: KEY, cert: EXPIRED },
};
