#pragma once

// When the pages in SQLite's write-ahead log are carried over into the database.

namespace ostiary {

// A checkpoint writes each page that changed once, however often it did, and nobody is served
// meanwhile. Where commits change the same pages again and again, as for a popular code, waiting
// makes it rarer and no dearer. Where each commit changes pages of its own, as over a million
// codes, waiting saves nothing and only makes the pause longer.
class Checkpoints {
public:
    // To be asked after each commit, with the number of pages in the log.
    bool IsDue(int pages) {
        if (pages < seen_) seen_ = 0;  // the log has begun anew
        ++commits_;
        const int fresh = pages - seen_;
        const bool is_scattered = fresh > kScattered * commits_;
        if (fresh < kFewest || (!is_scattered && commits_ < kCommits && fresh < kMost))
            return false;
        seen_ = pages;
        commits_ = 0;
        return true;
    }

private:
    static constexpr int kFewest = 1000, kMost = 16'000;  // of 4 kB
    static constexpr int kScattered = 64;                 // pages for each commit
    static constexpr int kCommits = 400;

    int seen_ = 0, commits_ = 0;
};

}  // namespace ostiary
