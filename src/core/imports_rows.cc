#include "core/imports_rows.h"

#include <algorithm>

#include "core/accounts.h"
#include "core/authority.h"
#include "core/imports_text.h"
#include "core/receipts.h"
#include "util/text.h"

namespace ostiary {
namespace {

constexpr std::size_t kHashedTogether = 64 << 10;  // so that it does not matter how a file came
constexpr std::size_t kMostErrorsOfRow = 5, kMostErrorsKept = 100'000;

std::vector<std::string> HashesOf(std::span<const ImportRow> rows) {
    std::vector<std::string> hashes;
    for (const ImportRow& row : rows) hashes.push_back(row.hash);
    return hashes;
}

std::vector<std::string> ChosenOf(std::span<const ImportRow> rows) {
    std::vector<std::string> chosen;
    for (const ImportRow& row : rows)
        if (!row.chosen.empty()) chosen.push_back(row.chosen);
    return chosen;
}

// Of a file that is looked at as often as one likes, what is free would tell what is taken.
FieldError NotToBeChosen() {
    return {"code", "code.not_yours",
            "Only those who work with all codes may choose them in a file; leave the column out"};
}

FieldError Taken() { return {"code", "code.taken", "This code is in use already; choose another"}; }

}  // namespace

Result<void> ImportPass::Recognize(const std::vector<std::string>& names) {
    if (names.size() == columns_.size()) return {};
    columns_ = TRY(RecognizeColumns(names, map_));
    return {};
}

void ImportPass::Prepare(ImportRow& row) {
    const std::string content =
        world_.vault.Hash(Purpose::kImportRow, ContentOfRow(columns_, row.cells));
    const int time = ++times_[content];
    row.hash = time == 1 ? content : content + "." + std::to_string(time);
    for (std::size_t at = 0; at < std::min(columns_.size(), row.cells.size()); ++at) {
        if (columns_[at].field != ImportField::kCode || row.cells[at].empty()) continue;
        row.chosen = NormalizeCode(row.cells[at]);
        row.is_chosen_twice = !chosen_.insert(row.chosen).second;
    }
}

void ImportPass::HashPiece(std::string_view piece) {
    unhashed_ += piece;
    while (unhashed_.size() >= kHashedTogether) {
        content_hash_ = world_.vault.Hash(Purpose::kImportContent,
                                          content_hash_ + unhashed_.substr(0, kHashedTogether));
        unhashed_.erase(0, kHashedTogether);
    }
}

Result<void> ImportPass::Read(const ImportSource& source, std::size_t together, const Take& take) {
    std::vector<ImportRow> rows;
    std::optional<Error> error;
    bool is_enough = false;
    const auto hand_over = [&] {
        if (!rows.empty() && !take(rows)) is_enough = true;
        rows.clear();
    };
    ImportReader* here = nullptr;
    ImportReader reader([&](ImportLine line) {
        if (auto known = Recognize(here->columns()); !known.ok()) {
            error = std::move(known).error();
            return false;
        }
        ImportRow& row = rows.emplace_back();
        row.number = line.number;
        row.cells = std::move(line.cells);
        Prepare(row);
        if (rows.size() >= together) hand_over();
        return !is_enough;
    });
    here = &reader;
    source([&](std::string_view piece) {
        HashPiece(piece);
        return reader.Read(piece) && !error && !is_enough;
    });
    if (error) return *std::move(error);
    if (is_enough) return {};
    TRY(reader.End());
    if (error) return *std::move(error);
    TRY(Recognize(reader.columns()));
    if (std::ranges::none_of(columns_,
                             [](const ImportColumn& one) { return one.field.has_value(); }))
        return InvalidFields({{"file", "file.columns",
                               "None of the columns is known; say which is which, or name them "
                               "like label, email, role"}});
    hand_over();
    std::string how = content_hash_ + unhashed_;
    for (const auto& [column, field] : map_) how += "\x1e" + column + "\x1f" + field;
    content_hash_ = world_.vault.Hash(Purpose::kImportContent, how);
    return {};
}

ImportSource KeptSource(World& world, std::string_view id) {
    return [&world, id = std::string(id)](const WriteText& write) {
        bool wants_more = true;
        for (std::int64_t place = 0; wants_more; ++place) {
            std::optional<std::string> piece;
            world.store.Read([&](Work& work) { piece = work.imports.FindPiece(id, place); });
            wants_more = piece && write(*piece);
        }
    };
}

void JudgeImportRows(Work& work, World& world, const Actor& actor, const DoorRules& rules,
                     const std::vector<ImportColumn>& columns, bool again,
                     std::span<ImportRow> rows) {
    const Authority own = AuthorityOfActor(work, world.config.catalogue, actor);
    const auto known = again ? std::vector<std::string>{} : work.imports.KnownRows(HashesOf(rows));
    const auto chosen = rules.scope.all ? ChosenOf(rows) : std::vector<std::string>{};
    const auto in_use = chosen.empty() ? chosen : work.codes.InUse(chosen);
    JoinedStore joined(world, work);  // what is asked for a row is asked within this reading
    World inner = world.With(joined);
    for (ImportRow& row : rows) {
        row.errors.clear();
        row.is_repeated = std::ranges::binary_search(known, row.hash);
        if (row.is_repeated) continue;
        const CodeDraft draft = DraftOfRow(columns, row.cells, row.errors);
        if (row.errors.empty() && ContentOfRow(columns, row.cells).empty())
            row.errors.push_back({"row", "row.empty", "This row says nothing about a code"});
        auto code = CodeOfDraft(inner, actor, rules, draft);
        if (!code.ok())
            std::ranges::copy(code.error().fields, std::back_inserter(row.errors));
        else if (!row.chosen.empty() && !rules.scope.all)
            row.errors.push_back(NotToBeChosen());
        else if (row.is_chosen_twice)
            row.errors.push_back({"code", "code.twice", "This code stands in the file twice"});
        else if (std::ranges::binary_search(in_use, row.chosen))
            row.errors.push_back(Taken());
        if (!row.errors.empty()) continue;
        row.code = std::move(code).value();
        if (auto judged = JudgeGrants(own, world.config, actor, row.code); !judged.ok())
            std::ranges::copy(judged.error().fields, std::back_inserter(row.errors));
    }
}

Result<void> AddImportRows(Work& work, World& world, const Actor& actor, std::string_view import,
                           std::span<ImportRow> rows, AskApprovers ask) {
    std::vector<Code> codes;
    std::vector<ImportRow*> good;
    for (ImportRow& row : rows) {
        if (!row.is_good()) continue;
        codes.push_back(row.code);
        codes.back().batch = import;
        good.push_back(&row);
    }
    const auto ids = TRY(AddAllWithin(work, world, actor, codes, ask));
    std::vector<std::string> hashes;
    for (std::size_t i = 0; i < good.size(); ++i) {
        if (ids[i])
            hashes.push_back(good[i]->hash);
        else
            good[i]->errors.push_back(Taken());
    }
    if (!hashes.empty()) work.imports.AddRows(import, hashes);
    return {};
}

void AppendErrors(const ImportRow& row, std::vector<ImportError>& errors) {
    std::int64_t place = 0;
    for (const FieldError& wrong :
         std::span(row.errors).first(std::min(row.errors.size(), kMostErrorsOfRow))) {
        if (errors.size() == kMostErrorsKept) return;
        errors.push_back({row.number, ++place, wrong.field, wrong.reason, wrong.message});
    }
}

}  // namespace ostiary
