#include "http/head_scanner.h"

namespace ostiary {
namespace {

bool IsOrdinary(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte >= 0x20 && byte != 0x7f) || byte == '\t';
}

}  // namespace

HeadScanner::Verdict HeadScanner::Scan(std::string_view head) {
    while (position_ < head.size()) {
        const char c = head[position_];
        if (IsOrdinary(c)) {
            const bool folds = position_ == line_start_ && lines_ > 0 && (c == ' ' || c == '\t');
            if (folds) return Verdict::kFolded;
            ++position_;
            continue;
        }
        if (c != '\r') return Verdict::kBadCharacter;
        if (position_ + 1 == head.size()) return Verdict::kNeedMore;
        if (head[position_ + 1] != '\n') return Verdict::kBadCharacter;
        const bool is_empty = position_ == line_start_;
        position_ += 2;
        line_start_ = position_;
        ++lines_;
        if (is_empty) return Verdict::kComplete;
    }
    return Verdict::kNeedMore;
}

}  // namespace ostiary
