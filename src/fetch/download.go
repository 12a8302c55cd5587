package main

import (
	"context"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"time"
)

const (
	bufferBytes                = 1 << 18
	maxRedirects               = 10
	maxAttempts                = 100
	maxAttemptsWithoutProgress = 5
	connectTimeout             = 30 * time.Second
	stallTimeout               = 60 * time.Second
	firstPause                 = time.Second
	longestPause               = 30 * time.Second
)

// A downloader fetches the model over HTTP and goes on where an earlier attempt was cut off.
type downloader struct {
	settings settings
	client   *http.Client
	pause    time.Duration
}

func newDownloader(s settings) *downloader {
	transport := &http.Transport{
		Proxy:                 http.ProxyFromEnvironment,
		DialContext:           (&net.Dialer{Timeout: connectTimeout}).DialContext,
		TLSHandshakeTimeout:   connectTimeout,
		ResponseHeaderTimeout: stallTimeout,
		TLSClientConfig:       &tls.Config{RootCAs: trusted(), MinVersion: tls.VersionTLS12},
		DisableCompression:    true,
		// HTTP/1.1 only: a single stream gains nothing by HTTP/2.
		TLSNextProto:           map[string]func(string, *tls.Conn) http.RoundTripper{},
		MaxResponseHeaderBytes: 1 << 16,
	}
	// Redirects are followed here, so that the token goes to the hub only.
	follow := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &downloader{settings: s, client: &http.Client{Transport: transport, CheckRedirect: follow}, pause: firstPause}
}

// An interruption is a failure that another attempt may overcome.
type interruption struct {
	text string
	// How long the server wants to be left alone; 0 when it says nothing.
	wait time.Duration
}

func (i interruption) Error() string { return i.text }

// Fetch completes the part and returns its digest, which is not checked here.
func (d *downloader) fetch(ctx context.Context, p *place) (string, error) {
	pause, idle := d.pause, 0
	for attempt := 1; ; attempt++ {
		before := bytesOf(p.part)
		digest, err := d.attempt(ctx, p)
		var cut interruption
		if err == nil || !errors.As(err, &cut) {
			return digest, err
		}
		if bytesOf(p.part) > before {
			pause, idle = d.pause, 0
		}
		idle++
		if idle >= maxAttemptsWithoutProgress || attempt >= maxAttempts {
			return "", refuse("The download of %s was given up after %d attempts: %s. What has come (%s) is kept; the next"+
				" start goes on from there.", shown(d.settings.url), attempt, cut, size(bytesOf(p.part)))
		}
		if cut.wait > pause {
			pause = cut.wait
		}
		say("The download was interrupted (%s); trying again in %s.", cut, duration(pause))
		time.Sleep(pause)
		if pause *= 2; pause > longestPause {
			pause = longestPause
		}
	}
}

func bytesOf(file string) int64 {
	state, err := os.Stat(file)
	if err != nil {
		return 0
	}
	return state.Size()
}

func (d *downloader) attempt(ctx context.Context, p *place) (string, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	from := bytesOf(p.part)
	if d.settings.bytes >= 0 && from > d.settings.bytes {
		if err := p.discard(); err != nil {
			return "", err
		}
		from = 0
	}
	digest := sha256.New()
	if from > 0 {
		if err := addTo(digest, p.part, newProgress("Read again", 0, from)); err != nil {
			return "", err
		}
		if from == d.settings.bytes {
			return hex.EncodeToString(digest.Sum(nil)), nil
		}
	}
	response, err := d.request(ctx, from, p.tag)
	if err != nil {
		return "", err
	}
	defer response.Body.Close()
	if response.StatusCode == http.StatusRequestedRangeNotSatisfiable && from > 0 {
		if response.Header.Get("Content-Range") == fmt.Sprintf("bytes */%d", from) {
			return hex.EncodeToString(digest.Sum(nil)), nil
		}
		if err := p.discard(); err != nil {
			return "", err
		}
		return "", interruption{text: fmt.Sprintf("the server knows no byte %d", from)}
	}
	goesOn := response.StatusCode == http.StatusPartialContent && rangeStart(response) == from
	if response.StatusCode != http.StatusOK && !goesOn {
		return "", d.refused(response)
	}
	if !goesOn {
		from = 0
		digest.Reset()
	}
	return d.copy(response, p, from, digest, cancel)
}

// Request asks for the file from that byte on, and follows redirects.
func (d *downloader) request(ctx context.Context, from int64, tagFile string) (*http.Response, error) {
	target := d.settings.url
	for hop := 0; hop <= maxRedirects; hop++ {
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, target.String(), nil)
		if err != nil {
			return nil, refuse("%s is not an address that can be asked.", shown(target))
		}
		request.Header.Set("User-Agent", "bitnet-fetch")
		request.Header.Set("Accept-Encoding", "identity")
		if d.settings.token != "" && origin(target) == origin(d.settings.hub) {
			request.Header.Set("Authorization", "Bearer "+d.settings.token)
		}
		if from > 0 {
			request.Header.Set("Range", fmt.Sprintf("bytes=%d-", from))
			// A weak tag is not allowed here (RFC 9110, 13.1.5); the digest checks the whole in any case.
			if tag, err := os.ReadFile(tagFile); err == nil && strings.HasPrefix(string(tag), `"`) {
				request.Header.Set("If-Range", strings.TrimSpace(string(tag)))
			}
		}
		response, err := d.client.Do(request)
		if err != nil {
			return nil, failure(err)
		}
		switch response.StatusCode {
		case 301, 302, 303, 307, 308:
			response.Body.Close()
			if target, err = d.redirected(target, response.Header.Get("Location")); err != nil {
				return nil, err
			}
		default:
			return response, nil
		}
	}
	return nil, refuse("The download of %s was redirected more than %d times. Check the address.", shown(d.settings.url),
		maxRedirects)
}

func (d *downloader) redirected(from *url.URL, location string) (*url.URL, error) {
	to, err := from.Parse(location)
	if err == nil && location != "" && to.Host != "" && (to.Scheme == "https" || to.Scheme == "http" && from.Scheme == "http") {
		return to, nil
	}
	return nil, refuse("The download of %s was redirected to an address that is not HTTPS, or none at all. Check the"+
		" address.", shown(d.settings.url))
}

// Failure tells what a further attempt may overcome from what it cannot. The address, which may hold a signature, is
// left out.
func failure(err error) error {
	var of *url.Error
	if errors.As(err, &of) {
		err = of.Err
	}
	var authority x509.UnknownAuthorityError
	var host x509.HostnameError
	var invalid x509.CertificateInvalidError
	if errors.As(err, &authority) || errors.As(err, &host) || errors.As(err, &invalid) {
		return refuse("The server's certificate is not trusted: %s. Behind a proxy that intercepts TLS, mount its"+
			" certificate (PEM) and name it, as in: docker run -v /path/to/ca.pem:/ca.pem:ro -e SSL_CERT_FILE=/ca.pem ...", err)
	}
	return interruption{text: err.Error()}
}

func (d *downloader) refused(response *http.Response) error {
	status := response.StatusCode
	what := fmt.Sprintf("The server answered the download of %s with status %d", shown(d.settings.url), status)
	switch {
	case status == 401 || status == 403:
		return refuse("%s: it wants a login. For a model of the Hugging Face hub, accept its licence there and give a token"+
			" by HF_TOKEN_FILE, by the secret /run/secrets/hf_token or by HF_TOKEN.", what)
	case status == 404 || status == 410:
		return refuse("%s: there is no such file. Check the address.", what)
	case status == 408 || status == 429 || status >= 500:
		seconds, _ := strconv.Atoi(response.Header.Get("Retry-After"))
		if seconds < 0 || seconds > 60 {
			seconds = 60
		}
		return interruption{text: fmt.Sprintf("the server answered with status %d", status),
			wait: time.Duration(seconds) * time.Second}
	default:
		return refuse("%s. Check the address, and the proxy if there is one.", what)
	}
}

// RangeStart is the first byte of a partial answer; -1 when it does not tell.
func rangeStart(response *http.Response) int64 {
	unit, bytes, _ := strings.Cut(response.Header.Get("Content-Range"), " ")
	first, _, _ := strings.Cut(bytes, "-")
	start, err := strconv.ParseInt(first, 10, 64)
	if unit != "bytes" || err != nil {
		return -1
	}
	return start
}

// Copy appends the body to the part.
func (d *downloader) copy(response *http.Response, p *place, from int64, digest hash.Hash, cancel func()) (string, error) {
	total := d.settings.bytes
	if response.ContentLength >= 0 {
		total = from + response.ContentLength
	}
	if d.settings.bytes >= 0 && total != d.settings.bytes {
		return "", refuse("The server offers %d bytes as %s, but the model has %d. It was replaced, or a proxy answers in its"+
			" place; check the address.", total, shown(d.settings.url), d.settings.bytes)
	}
	if err := p.requireSpace(total - from); err != nil {
		return "", err
	}
	flags := os.O_WRONLY | os.O_CREATE | os.O_APPEND
	if from == 0 {
		flags |= os.O_TRUNC
		if err := os.WriteFile(p.tag, []byte(response.Header.Get("ETag")), 0o644); err != nil {
			return "", written(err, p)
		}
	}
	part, err := os.OpenFile(p.part, flags, 0o644)
	if err != nil {
		return "", written(err, p)
	}
	defer part.Close()
	watched := &watchedReader{body: response.Body, timer: time.AfterFunc(stallTimeout, cancel)}
	defer watched.timer.Stop()
	shown := newProgress("Downloaded", from, total)
	var body io.Reader = watched
	if total >= 0 {
		// A byte more than is due tells that it is not the model.
		body = io.LimitReader(watched, total-from+1)
	}
	if _, err := io.CopyBuffer(io.MultiWriter(part, digest, shown), body, make([]byte, bufferBytes)); err != nil {
		if watched.err == nil {
			return "", written(err, p)
		}
		return "", interruption{text: fmt.Sprintf("the connection ended after %s: %s", size(shown.done), watched.err)}
	}
	if total >= 0 && shown.done != total {
		return "", interruption{text: fmt.Sprintf("the connection ended after %d of %d bytes", shown.done, total)}
	}
	if err := part.Sync(); err != nil {
		return "", written(err, p)
	}
	return hex.EncodeToString(digest.Sum(nil)), nil
}

func written(err error, p *place) error {
	if full(err) {
		return refuse("The disk became full while the model was downloaded to %s. What has come (%s) is kept; free some room"+
			" or mount a larger volume, and the next start goes on from there.", p.settings.path, size(bytesOf(p.part)))
	}
	return refuse("The model cannot be written to %s: %s.", p.settings.path, reason(err))
}

// A watchedReader ends a body from which nothing has come for too long, and keeps its error apart from the disk's.
type watchedReader struct {
	body  io.Reader
	timer *time.Timer
	err   error
}

func (w *watchedReader) Read(buffer []byte) (int, error) {
	n, err := w.body.Read(buffer)
	if w.timer.Reset(stallTimeout); err != nil && err != io.EOF {
		w.err = err
		if errors.Is(err, context.Canceled) {
			w.err = fmt.Errorf("nothing came for %s", duration(stallTimeout))
		}
	}
	return n, err
}
