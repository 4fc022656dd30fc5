// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/fixes/FixBuilder.h"
#include "lint/rules/Rules.h"
#include "lint/rules/ShellText.h"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace stagewright::rules {

namespace {

constexpr std::size_t LongestName = 64;
constexpr std::size_t MostComparisons = 1'000'000; // of names in one file; more than anybody reads findings of

/// Insertions, deletions, replacements and swaps of neighbours between two short words.
std::size_t distance(std::string_view a, std::string_view b)
{
    using Row = std::array<std::size_t, LongestName + 1>;
    Row beforeLast{};
    Row last{};
    Row row{};
    for (std::size_t i = 0; i <= a.size(); ++i) {
        for (std::size_t k = 0; k <= b.size(); ++k) {
            if (i == 0 || k == 0) {
                row[k] = i + k;
                continue;
            }
            const std::size_t replaced = last[k - 1] + (a[i - 1] == b[k - 1] ? 0 : 1);
            row[k] = std::min({last[k] + 1, row[k - 1] + 1, replaced});
            if (i > 1 && k > 1 && a[i - 1] == b[k - 2] && a[i - 2] == b[k - 1])
                row[k] = std::min(row[k], beforeLast[k - 2] + 1);
        }
        beforeLast = last;
        last = row;
    }
    return row[b.size()];
}

/// Of the stages with one name the first, in their order: that one is the earliest to be meant.
std::vector<const Stage *> namedStages(const BuildGraph &graph)
{
    std::vector<const Stage *> named;
    std::unordered_set<std::string_view> seen;
    for (const Stage &stage : graph.stages()) {
        if (!stage.name.empty() && stage.name.size() <= LongestName && seen.insert(stage.name).second)
            named.push_back(&stage);
    }
    return named;
}

/// The earlier stage that @p word most likely means, or null.
/// @p comparisons counts down; nothing is found any more at 0.
const Stage *meantStage(const RuleContext &context, std::span<const Stage *const> named, std::string_view word,
                        StageId before, std::size_t &comparisons)
{
    // With a tag, digest or registry it is an image for certain; so is what the catalogue knows.
    if (word.size() < 3 || word.size() > LongestName || word.find_first_of(":@/.$") != std::string_view::npos
        || std::ranges::all_of(word, [](unsigned char c) { return c >= '0' && c <= '9'; }))
        return nullptr;
    const std::string lower = edit::detail::lowered(word);
    const std::size_t most = lower.size() < 5 ? 1 : 2;
    const Stage *best = nullptr;
    std::size_t least = most + 1;
    const auto tooFar = [&](const std::string &name) {
        return std::max(name.size(), lower.size()) - std::min(name.size(), lower.size()) > most;
    };
    for (const Stage *stage : named) {
        if (stage->id >= before)
            break;
        if (comparisons == 0)
            return nullptr;
        --comparisons;
        if (tooFar(stage->name))
            continue;
        if (const std::size_t far = distance(lower, stage->name); far < least) {
            best = stage;
            least = far;
        }
    }
    return best && !context.catalog.lookup("docker.io/library/" + lower) ? best : nullptr;
}

void add(const RuleContext &context, std::span<const Stage *const> named, const Instruction &instruction,
         std::string_view word, TextRange range, StageId stage, std::size_t &comparisons, std::vector<Diagnostic> &out)
{
    const Stage *meant = meantStage(context, named, word, stage, comparisons);
    if (!meant)
        return;
    const std::string name(word);
    Diagnostic d = diagnosticFor(context, instruction, Severity::Warning);
    d.range = range;
    d.title = "No stage is called '" + name + "'; '" + meant->displayName + "' is";
    d.message = "'" + name + "' is no stage above this line, so BuildKit looks for an image docker.io/library/" + name
        + ". Did you mean stage '" + meant->displayName + "'?";
    d.why = "A name that is no earlier stage is taken for an image. BuildKit then tries to pull docker.io/library/"
        + name
        + ":latest, and the build most likely stops with \"pull access denied, repository does not exist or may "
          "require "
          "authorization\". In the worst case an image of that name exists, and its files come along.";
    d.how = "Write '" + meant->displayName + "'. If an image is meant, say so with its tag or registry: " + name
        + ":latest.";
    d.hint = "did you mean " + meant->displayName + "?";
    out.push_back(std::move(d));
}

void check(const RuleContext &context, std::vector<Diagnostic> &out)
{
    const BuildGraph &graph = context.snapshot.graph();
    std::size_t comparisons = MostComparisons;
    const std::vector<const Stage *> named = namedStages(graph);
    if (named.empty())
        return;
    for (const Stage &stage : graph.stages()) {
        if (stage.base.kind == BaseKind::Image && stage.from != InstructionId::None)
            add(context, named, context.snapshot.tree().instruction(stage.from), stage.base.written, stage.base.range,
                stage.id, comparisons, out);
    }
    for (const StageReference &reference : graph.references()) {
        // What a trigger of the base brings is reported where it is written.
        if (reference.kind == ReferenceKind::Image
            && context.snapshot.tree().instruction(reference.instruction).kind != InstructionKind::From)
            add(context, named, context.snapshot.tree().instruction(reference.instruction), reference.written,
                reference.range, reference.inStage, comparisons, out);
    }
}

void fix(const RuleContext &context, const Diagnostic &diagnostic, std::vector<Fix> &out)
{
    const std::string word(context.snapshot.text().slice(diagnostic.range));
    std::size_t comparisons = MostComparisons;
    const Stage *meant
        = meantStage(context, namedStages(context.snapshot.graph()), word, diagnostic.stage, comparisons);
    if (!meant)
        return;
    fixes::FixBuilder builder(context.snapshot);
    builder.replace(diagnostic.range, meant->displayName);
    out.push_back(builder.finish("Write '" + meant->displayName + "'", "instead of '" + word + "'", "pencil", false));
}

} // namespace

const Rule misspeltStage{
    .id = "SW051",
    .name = "misspelt-stage-name",
    .severity = Severity::Warning,
    .summary = "A name that is no stage, and almost one",
    .check = check,
    .fix = fix,
};

} // namespace stagewright::rules
