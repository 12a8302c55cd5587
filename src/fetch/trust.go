package main

import (
	"crypto/x509"
	_ "embed"
)

// What Debian trusts, for images that have no certificates.
//
//go:embed roots.pem
var debianRoots []byte

// Trusted are Debian's certificates and those of the container: of SSL_CERT_FILE, SSL_CERT_DIR and the usual places.
func trusted() *x509.CertPool {
	pool, err := x509.SystemCertPool()
	if err != nil {
		pool = x509.NewCertPool()
	}
	pool.AppendCertsFromPEM(debianRoots)
	return pool
}
