#pragma once

// What a search or a tag finds, from the newest code on or from the oldest, a batch at a time.

#include <span>
#include <string>
#include <vector>

#include "core/model.h"
#include "store/desk.h"

namespace ostiary {

class Finds {
public:
    // Texts of fewer letters than the index knows are looked for in so many of the newest codes.
    static constexpr std::size_t kMostWalked = 1000;

    // For a query with a search, a tag, a template or a batch. The desk must outlive it.
    Finds(Desk&, const CodeQuery&);

    bool IsOfNewestOnly() const { return !has_index_; }

    // All that lies beyond this id, up to where the batch ends; about `most` were looked at.
    struct Batch {
        std::vector<CodeId> ids;
        CodeId end = 0;  // the next begins beyond it …
        std::size_t looked_at = 0;
        bool is_last = false;  // … unless there is none
    };
    Batch Next(bool rising, CodeId beyond, std::size_t most) const;

private:
    std::vector<CodeId> ByIndex(bool rising, CodeId beyond, std::size_t most, bool& is_last) const;
    std::vector<CodeId> ByText(bool rising, CodeId beyond, std::size_t most, bool& is_last) const;
    std::vector<CodeId> Ids(const Statement&, std::initializer_list<Value>) const;
    void KeepMarked(std::span<const std::string> marks, std::vector<CodeId>&) const;

    Desk& desk_;
    std::vector<std::string> marks_;  // those that all must have
    bool has_index_ = true;
    std::string text_;           // as the index takes it; empty: the marks alone
    std::vector<CodeId> known_;  // found without the index, rising
};

}  // namespace ostiary
