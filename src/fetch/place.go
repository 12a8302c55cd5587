package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"
	"syscall"
	"time"
)

const lockPoll = 500 * time.Millisecond

// A place is where the model belongs, with the files beside it that a download needs.
type place struct {
	settings settings
	// Named by the digest too, so that what comes of one model is never taken for another's.
	part string
	// The entity tag of what has come.
	tag string
	// Held while a container downloads. Never removed: who waits for it has it open.
	lock string
	// Says that the file was verified, and what it looked like then.
	verified string
}

func newPlace(s settings) *place {
	directory, name := filepath.Split(s.path)
	beside := directory + "." + name + "." + s.sha256[:12]
	return &place{settings: s, part: beside + ".part", tag: beside + ".etag", lock: directory + "." + name + ".lock",
		verified: beside + ".verified"}
}

// Ensure downloads the model unless it is there.
func (p *place) ensure(ctx context.Context, d *downloader) error {
	if there, err := p.holdsModel(); there || err != nil {
		return err
	}
	lock, err := p.open()
	if err != nil {
		return err
	}
	// The lock ends with the process, or with exec, which closes it.
	defer lock.Close()
	if err := p.await(lock); err != nil {
		return err
	}
	if there, err := p.holdsModel(); there || err != nil {
		return err
	}
	return p.download(ctx, d)
}

// HoldsModel tells whether the right file is in its place; another file there is not ours to remove.
func (p *place) holdsModel() (bool, error) {
	file := p.settings.path
	state, err := os.Stat(file)
	if errors.Is(err, os.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, refuse("The model at %s cannot be looked at: %s.", file, reason(err))
	}
	if !state.Mode().IsRegular() {
		return false, refuse("MODEL_PATH is %s, which is not a file. Set it to the path of the GGUF file.", file)
	}
	if known, err := os.ReadFile(p.verified); err == nil && string(known) == note(state) {
		say("The model %s is there.", file)
		return true, nil
	}
	say("Verifying the model %s.", file)
	digest := sha256.New()
	if err := addTo(digest, file, newProgress("Verified", 0, state.Size())); err != nil {
		return false, refuse("The model at %s cannot be read: %s.", file, reason(err))
	}
	if found := hex.EncodeToString(digest.Sum(nil)); found != p.settings.sha256 {
		return false, refuse("The file %s is not the model of this image: its sha256 is %s instead of %s. Remove it, and"+
			" the next start downloads the model; or set MODEL_PATH to another name in that directory.", file, found,
			p.settings.sha256)
	}
	p.remember()
	return true, nil
}

// Note is what a file looks like from outside.
func note(state os.FileInfo) string {
	return fmt.Sprintf("%d %d\n", state.Size(), state.ModTime().UnixNano())
}

// Remember saves the next start the reading. That it cannot be written down is no harm.
func (p *place) remember() {
	if state, err := os.Stat(p.settings.path); err == nil {
		_ = os.WriteFile(p.verified, []byte(note(state)), 0o644)
	}
}

// AddTo reads a file into a digest.
func addTo(digest hash.Hash, file string, shown *progress) error {
	open, err := os.Open(file)
	if err != nil {
		return err
	}
	defer open.Close()
	_, err = io.CopyBuffer(io.MultiWriter(digest, shown), struct{ io.Reader }{open}, make([]byte, bufferBytes))
	return err
}

// Open opens the lock, and finds out by it whether the directory can be written to.
func (p *place) open() (*os.File, error) {
	directory := filepath.Dir(p.settings.path)
	_ = os.MkdirAll(directory, 0o755)
	lock, err := os.OpenFile(p.lock, os.O_RDWR|os.O_CREATE|syscall.O_NOFOLLOW, 0o666)
	if err == nil {
		return lock, nil
	}
	if full(err) {
		return nil, refuse("The disk of %s is full. Free some room.", directory)
	}
	return nil, refuse("The model is to be downloaded to %s, but user id %d cannot write there: %s. Mount a volume that it"+
		" can write to, as in: docker run -v bitnet-models:%s ...; for a directory of the host, run"+
		" chown %d on it first.", directory, os.Getuid(), reason(err), directory, os.Getuid())
}

// Await waits until no other container downloads to the same place.
func (p *place) await(lock *os.File) error {
	told := false
	for {
		err := syscall.Flock(int(lock.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		if err == nil {
			return nil
		}
		if errors.Is(err, syscall.EINTR) {
			continue
		}
		if !errors.Is(err, syscall.EWOULDBLOCK) {
			return refuse("The lock %s cannot be taken: %s. The file system of a volume of models has to support flock.",
				p.lock, err)
		}
		if !told {
			say("Waiting for another container that downloads %s.", filepath.Base(p.settings.path))
			told = true
		}
		time.Sleep(lockPoll)
	}
}

func (p *place) download(ctx context.Context, d *downloader) error {
	say("Downloading %s.", shown(p.settings.url))
	_, err := os.Stat(p.part)
	resumed := err == nil
	found, err := d.fetch(ctx, p)
	if err == nil && found != p.settings.sha256 && resumed {
		say("The parts of the model do not fit together; downloading it anew.")
		if err = p.discard(); err == nil {
			found, err = d.fetch(ctx, p)
		}
	}
	if err != nil {
		return err
	}
	if found != p.settings.sha256 {
		if err := p.discard(); err != nil {
			return err
		}
		return refuse("What %s sent is not the expected model: its sha256 is %s instead of %s. It was removed. If the"+
			" address and the digest are right, do not trust that server.", shown(p.settings.url), found, p.settings.sha256)
	}
	if err := os.Rename(p.part, p.settings.path); err != nil {
		return err
	}
	p.remember()
	_ = os.Remove(p.tag)
	say("The model is complete and its sha256 is right: %s.", p.settings.path)
	return nil
}

// Discard removes what has come.
func (p *place) discard() error {
	for _, file := range []string{p.part, p.tag} {
		if err := os.Remove(file); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	return nil
}

// RequireSpace refuses what cannot fit on the disk.
func (p *place) requireSpace(bytes int64) error {
	directory := filepath.Dir(p.settings.path)
	var disk syscall.Statfs_t
	if err := syscall.Statfs(directory, &disk); err != nil {
		return nil // The disk tells when it is full.
	}
	free := int64(disk.Bavail) * int64(disk.Bsize)
	if bytes > free {
		return refuse("The disk of %s has %s free, but the model needs %s more. Mount a larger volume, or free some room.",
			directory, size(free), size(bytes))
	}
	return nil
}

func full(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT)
}
