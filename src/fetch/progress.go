package main

import (
	"fmt"
	"time"
)

const progressEvery = 5 * time.Second

// Progress is a writer that counts what is written to it, and says a line now and then.
type progress struct {
	what string
	// The bytes that were there at the start.
	from, done int64
	// -1 when it is not known.
	total       int64
	began, last time.Time
}

func newProgress(what string, from, total int64) *progress {
	now := time.Now()
	return &progress{what: what, from: from, done: from, total: total, began: now, last: now}
}

func (p *progress) Write(bytes []byte) (int, error) {
	p.done += int64(len(bytes))
	if now := time.Now(); now.Sub(p.last) >= progressEvery {
		p.last = now
		say("%s", p.line(now))
	}
	return len(bytes), nil
}

// Line is such as "Downloaded 37 % of 1.19 GB, 45.1 MB/s, 17 s left".
func (p *progress) line(now time.Time) string {
	rate := float64(p.done-p.from) / now.Sub(p.began).Seconds()
	if p.total <= 0 {
		return fmt.Sprintf("%s %s, %s/s", p.what, size(p.done), size(int64(rate)))
	}
	left := "some time"
	if rate > 0 {
		left = duration(time.Duration(float64(p.total-p.done) / rate * float64(time.Second)))
	}
	return fmt.Sprintf("%s %d %% of %s, %s/s, %s left", p.what, int(float64(p.done)/float64(p.total)*100), size(p.total),
		size(int64(rate)), left)
}

func duration(d time.Duration) string {
	seconds := int64(d.Seconds() + 0.5)
	switch {
	case seconds < 60:
		return fmt.Sprintf("%d s", seconds)
	case seconds < 3600:
		return fmt.Sprintf("%d min %d s", seconds/60, seconds%60)
	default:
		return fmt.Sprintf("%d h %d min", seconds/3600, seconds/60%60)
	}
}

// Size has decimal units, as the budgets have.
func size(bytes int64) string {
	switch value := float64(bytes); {
	case value >= 1e9:
		return fmt.Sprintf("%.2f GB", value/1e9)
	case value >= 1e6:
		return fmt.Sprintf("%.1f MB", value/1e6)
	case value >= 1e3:
		return fmt.Sprintf("%.1f kB", value/1e3)
	default:
		return fmt.Sprintf("%d B", bytes)
	}
}
