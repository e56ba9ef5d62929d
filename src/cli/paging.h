#pragma once

// Lists on the command line: as many as asked for, read page by page.

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "cli/command.h"
#include "cli/table.h"

namespace ostiary::cli {

inline constexpr std::size_t kPageSize = 100;  // the most that one page of a list has

template <class T>
struct PageOf {
    std::vector<T> rows;
    std::string next;  // cursor; empty: that was all
};

// Adds --limit and --cursor.
void AddPaging(std::vector<Option>&);
// How many --limit asks for; the largest number there is for "all".
Result<std::size_t> LimitOf(const Arguments&);

template <class T>
Result<PageOf<T>> ReadPages(
    Call& call,
    const std::function<Result<PageOf<T>>(const std::string& cursor, std::size_t)>& read) {
    const std::size_t limit = TRY(LimitOf(call.given));
    PageOf<T> all{{}, call.given.Get("--cursor")};
    do {
        PageOf<T> page = TRY(read(all.next, std::min(kPageSize, limit - all.rows.size())));
        std::move(page.rows.begin(), page.rows.end(), std::back_inserter(all.rows));
        all.next = std::move(page.next);
    } while (!all.next.empty() && all.rows.size() < limit);
    return all;
}

// A table for people, or {"results": […], "next": …} of the serialized shapes with --json.
void PrintList(Call&, const Row& headings, const std::vector<Row>& rows,
               const std::vector<std::string>& shapes, const std::string& next);

}  // namespace ostiary::cli
