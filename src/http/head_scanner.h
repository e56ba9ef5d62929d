#pragma once

// Reads the raw bytes of a request's head as they arrive, before any parser: finds its end, and
// refuses what no parser should have to understand: NUL and control characters, bare CR or LF,
// folded lines.

#include <cstddef>
#include <string_view>

namespace ostiary {

class HeadScanner {
public:
    enum class Verdict { kNeedMore, kComplete, kBadCharacter, kFolded };

    // `head` is everything that has arrived since the head began; each call looks only at what is
    // new.
    Verdict Scan(std::string_view head);
    std::size_t length() const {
        return position_;
    }  // of the complete head, its empty line included
    bool HasFirstLine() const { return lines_ > 0; }

private:
    std::size_t position_ = 0;
    std::size_t line_start_ = 0;
    std::size_t lines_ = 0;
};

}  // namespace ostiary
