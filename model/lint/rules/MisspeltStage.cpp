// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/fixes/FixBuilder.h"
#include "lint/rules/Rules.h"
#include "lint/rules/ShellText.h"

#include <algorithm>
#include <vector>

namespace stagewright::rules {

namespace {

/// Insertions, deletions, replacements and swaps of neighbours between two short words.
std::size_t distance(std::string_view a, std::string_view b)
{
    std::vector<std::vector<std::size_t>> cells(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i) {
        for (std::size_t k = 0; k <= b.size(); ++k) {
            if (i == 0 || k == 0) {
                cells[i][k] = i + k;
                continue;
            }
            const std::size_t replaced = cells[i - 1][k - 1] + (a[i - 1] == b[k - 1] ? 0 : 1);
            cells[i][k] = std::min({cells[i - 1][k] + 1, cells[i][k - 1] + 1, replaced});
            if (i > 1 && k > 1 && a[i - 1] == b[k - 2] && a[i - 2] == b[k - 1])
                cells[i][k] = std::min(cells[i][k], cells[i - 2][k - 2] + 1);
        }
    }
    return cells[a.size()][b.size()];
}

/// The earlier stage that @p word most likely means, or null.
const Stage *meantStage(const RuleContext &context, std::string_view word, StageId before)
{
    constexpr std::size_t longest = 64;
    // With a tag, digest or registry it is an image for certain; so is what the catalogue knows.
    if (word.size() < 3 || word.size() > longest || word.find_first_of(":@/.$") != std::string_view::npos
        || std::ranges::all_of(word, [](unsigned char c) { return c >= '0' && c <= '9'; }))
        return nullptr;
    const std::string lower = edit::detail::lowered(word);
    const std::size_t most = lower.size() < 5 ? 1 : 2;
    const Stage *best = nullptr;
    std::size_t least = most + 1;
    for (const Stage &stage : context.snapshot.graph().stages()) {
        if (stage.id >= before || stage.name.empty() || stage.name.size() > longest)
            continue;
        if (const std::size_t far = distance(lower, stage.name); far < least) {
            best = &stage;
            least = far;
        }
    }
    return best && !context.catalog.lookup("docker.io/library/" + lower) ? best : nullptr;
}

void add(const RuleContext &context, const Instruction &instruction, std::string_view word, TextRange range,
         StageId stage, std::vector<Diagnostic> &out)
{
    const Stage *meant = meantStage(context, word, stage);
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
    for (const Stage &stage : graph.stages()) {
        if (stage.base.kind == BaseKind::Image && stage.from != InstructionId::None)
            add(context, context.snapshot.tree().instruction(stage.from), stage.base.written, stage.base.range,
                stage.id, out);
    }
    for (const StageReference &reference : graph.references()) {
        // What a trigger of the base brings is reported where it is written.
        if (reference.kind == ReferenceKind::Image
            && context.snapshot.tree().instruction(reference.instruction).kind != InstructionKind::From)
            add(context, context.snapshot.tree().instruction(reference.instruction), reference.written, reference.range,
                reference.inStage, out);
    }
}

void fix(const RuleContext &context, const Diagnostic &diagnostic, std::vector<Fix> &out)
{
    const std::string word(context.snapshot.text().slice(diagnostic.range));
    const Stage *meant = meantStage(context, word, diagnostic.stage);
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
