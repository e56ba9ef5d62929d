#pragma once

// The rows of an import on their way: read, recognised, judged and made. For core/imports*.cc.

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "core/code_changes.h"
#include "core/imports.h"

namespace ostiary {

struct ImportRow {
    std::int64_t number = 0;
    std::vector<std::string> cells;
    std::string hash;    // what it says, and the how many-th time in this file
    std::string chosen;  // its code, normalized; empty: none
    bool is_chosen_twice = false;

    // How it was judged.
    Code code;
    std::vector<FieldError> errors;
    bool is_repeated = false;

    bool is_good() const { return errors.empty() && !is_repeated; }
};

// Reads a source to its end and hands its rows over, some together.
class ImportPass {
public:
    ImportPass(const World& world, const ImportMap& map) : world_(world), map_(map) {}

    // False: enough. The rows are taken away afterwards.
    using Take = std::function<bool(std::vector<ImportRow>&)>;
    // kInvalid as CheckImport.
    Result<void> Read(const ImportSource&, std::size_t together, const Take&);

    const std::vector<ImportColumn>& columns() const { return columns_; }
    std::string content_hash() const { return content_hash_; }

private:
    Result<void> Recognize(const std::vector<std::string>& names);
    void Prepare(ImportRow&);
    void HashPiece(std::string_view);

    const World& world_;
    const ImportMap map_;
    std::vector<ImportColumn> columns_;
    std::string unhashed_, content_hash_;
    std::unordered_map<std::string, int> times_;  // of each row's content
    std::unordered_set<std::string> chosen_;
};

// The file of an import, as far as it is kept.
ImportSource KeptSource(World&, std::string_view id);

// By the rules of core/codes.h; writes nothing.
void JudgeImportRows(Work&, World&, const Actor&, const DoorRules&,
                     const std::vector<ImportColumn>&, bool again, std::span<ImportRow>);
// Makes codes of those that are good; one whose letters were taken meanwhile is good no longer.
Result<void> AddImportRows(Work&, World&, const Actor&, std::string_view import,
                           std::span<ImportRow>, AskApprovers);
void AppendErrors(const ImportRow&, std::vector<ImportError>&);

}  // namespace ostiary
