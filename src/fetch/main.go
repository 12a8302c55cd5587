// Bitnet-fetch brings the model into a container, then becomes the program that serves it.
//
//	bitnet-fetch PROGRAM [ARGUMENT...]
//
// The model is downloaded to MODEL_PATH from BITNET_MODEL_URL unless it is there, and only used when its SHA-256 is
// BITNET_MODEL_SHA256. Containers that share a volume download it once. See docs/models.md for the whole environment.
//
// Only Go's standard library is used, of version 1.19 (Debian bookworm) or later.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"
)

// A refusal is an error that no further attempt can overcome: a whole sentence, or several.
type refusal struct{ text string }

func (r refusal) Error() string { return r.text }

func refuse(format string, arguments ...any) error {
	return refusal{fmt.Sprintf(format, arguments...)}
}

// Say writes one line to standard error, where the server and the probe write theirs.
func say(format string, arguments ...any) {
	fmt.Fprintf(os.Stderr, "bitnet-fetch: "+format+"\n", arguments...)
}

const (
	exitRefused = 1
	exitUsage   = 2
)

func main() {
	if len(os.Args) < 2 {
		say("Usage: bitnet-fetch PROGRAM [ARGUMENT...]")
		os.Exit(exitUsage)
	}
	ending := make(chan os.Signal, 1)
	// Process 1 is not ended by a signal that it does not handle.
	signal.Notify(ending, syscall.SIGTERM, syscall.SIGINT, syscall.SIGHUP, syscall.SIGQUIT)
	result := make(chan error, 1)
	go func() { result <- fetch(context.Background()) }()
	select {
	case received := <-ending:
		say("Ended by a signal (%s). What has come of the model is kept; the next start goes on from there.", received)
		os.Exit(128 + int(received.(syscall.Signal)))
	case err := <-result:
		if err != nil {
			say("%s", err)
			os.Exit(exitRefused)
		}
	}
	become(os.Args[1:])
}

// Fetch makes sure that the model is in its place.
func fetch(ctx context.Context) error {
	settings, err := settingsOf(os.Getenv)
	if err != nil {
		return err
	}
	err = newPlace(settings).ensure(ctx, newDownloader(settings))
	var known refusal
	if err != nil && !errors.As(err, &known) {
		return refuse("The model %s cannot be brought into its place: %s.", settings.path, err)
	}
	return err
}

// Become runs the program in this process; it gets no token.
func become(command []string) {
	for _, secret := range []string{"HF_TOKEN", "HF_TOKEN_FILE"} {
		os.Unsetenv(secret)
	}
	err := syscall.Exec(command[0], command, os.Environ())
	say("The program %s cannot be started: %s.", command[0], err)
	os.Exit(exitRefused)
}
