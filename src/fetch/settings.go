package main

import (
	"errors"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path"
	"regexp"
	"strconv"
	"strings"
)

const (
	hub = "https://huggingface.co"
	// Where Docker and Compose put a secret named hf_token.
	defaultTokenFile = "/run/secrets/hf_token"
	maxTokenBytes    = 4096
)

var sha256Pattern = regexp.MustCompile(`^[0-9a-f]{64}$`)

// Settings say what the environment says; validated.
type settings struct {
	// Where the model goes; absolute.
	path string
	url  *url.URL
	// 64 lower-case hexadecimal digits.
	sha256 string
	// The model's size; -1 when it is not known.
	bytes int64
	// The only origin (scheme, host and port) that is given the token.
	hub *url.URL
	// Empty for none.
	token string
}

func settingsOf(environment func(string) string) (settings, error) {
	s := settings{path: environment("MODEL_PATH"), sha256: environment("BITNET_MODEL_SHA256"), bytes: -1}
	if !path.IsAbs(s.path) || path.Clean(s.path) != s.path || s.path == "/" {
		return s, refuse("MODEL_PATH is %q; it has to be the absolute path of the GGUF file in the container,"+
			" such as /app/models/ggml-model-i2_s.gguf.", s.path)
	}
	if !sha256Pattern.MatchString(s.sha256) {
		return s, refuse("BITNET_MODEL_SHA256 is %q; it has to be the model's SHA-256: 64 digits from 0 to f.", s.sha256)
	}
	if size := environment("BITNET_MODEL_BYTES"); size != "" {
		bytes, err := strconv.ParseInt(size, 10, 64)
		if err != nil || bytes < 1 {
			return s, refuse("BITNET_MODEL_BYTES is %q; it has to be the model's size in bytes, or empty.", size)
		}
		s.bytes = bytes
	}
	mirror := strings.TrimRight(environment("HF_ENDPOINT"), "/")
	if mirror == "" {
		mirror = hub
	}
	var err error
	if s.hub, err = httpURL(mirror); err != nil {
		return s, refuse("HF_ENDPOINT is not an address such as %s. Mend or unset it.", hub)
	}
	address := environment("BITNET_MODEL_URL")
	if strings.HasPrefix(address, hub+"/") {
		address = mirror + strings.TrimPrefix(address, hub)
	}
	if s.url, err = httpURL(address); err != nil {
		return s, refuse("BITNET_MODEL_URL is not an address that begins with https:// or http://.")
	}
	s.token, err = tokenOf(environment)
	return s, err
}

func httpURL(address string) (*url.URL, error) {
	parsed, err := url.Parse(address)
	if err == nil && (parsed.Host == "" || parsed.Scheme != "https" && parsed.Scheme != "http" || parsed.User != nil) {
		err = errors.New("not HTTP")
	}
	return parsed, err
}

// TokenOf finds the hub's token. No message shows it.
func tokenOf(environment func(string) string) (string, error) {
	token, source := environment("HF_TOKEN"), "HF_TOKEN"
	if token == "" {
		file := environment("HF_TOKEN_FILE")
		optional := file == ""
		if optional {
			file = defaultTokenFile
		}
		read, err := readStart(file)
		if err != nil && !(optional && errors.Is(err, fs.ErrNotExist)) {
			return "", refuse("The token's file %s cannot be read: %s. Make it readable for user id %d.", file, reason(err),
				os.Getuid())
		}
		token, source = read, "The file "+file
	}
	token = strings.TrimSpace(token)
	for _, c := range []byte(token) {
		if c <= ' ' || c > '~' {
			return "", refuse("%s holds characters that no token has.", source)
		}
	}
	return token, nil
}

func readStart(file string) (string, error) {
	open, err := os.Open(file)
	if err != nil {
		return "", err
	}
	defer open.Close()
	read, err := io.ReadAll(io.LimitReader(open, maxTokenBytes))
	return string(read), err
}

// Reason is what went wrong with a file, without the file's name.
func reason(err error) string {
	var of *fs.PathError
	if errors.As(err, &of) {
		return of.Err.Error()
	}
	return err.Error()
}

// Origin is the scheme, host and port of an address.
func origin(address *url.URL) string {
	port := address.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443"}[address.Scheme]
	}
	return address.Scheme + "://" + strings.ToLower(address.Hostname()) + ":" + port
}

// Shown is an address without its query, which may hold a signature.
func shown(address *url.URL) string {
	return address.Scheme + "://" + address.Host + address.EscapedPath()
}
