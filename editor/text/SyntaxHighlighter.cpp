// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "text/SyntaxHighlighter.h"

#include "theme/Theme.h"

#include <KSyntaxHighlighting/Definition>
#include <KSyntaxHighlighting/Format>
#include <KSyntaxHighlighting/Theme>

#include <QScopedValueRollback>
#include <QTextBlock>
#include <QTextDocument>
#include <QTimer>

#include <algorithm>
#include <utility>

// Resources of a static library are dropped by the linker unless somebody asks for them.
static void initSyntaxResource()
{
    Q_INIT_RESOURCE(stagewright_syntax);
}

namespace stagewright {

namespace {

using TextStyle = KSyntaxHighlighting::Theme::TextStyle;

constexpr qint64 SliceMs = 6;
/// Nothing on such a line can be read anyway; matching every rule at every character of it would take seconds.
constexpr qsizetype LongestLine = 20'000;

QColor colourOf(TextStyle style, const Tokens &tokens)
{
    switch (style) {
    case TextStyle::Keyword:
    case TextStyle::ControlFlow: return tokens.synKw;
    case TextStyle::Attribute:
    case TextStyle::Preprocessor:
    case TextStyle::Variable:
    case TextStyle::Extension: return tokens.synFlag;
    case TextStyle::String:
    case TextStyle::Char:
    case TextStyle::SpecialChar:
    case TextStyle::SpecialString: return tokens.synStr;
    case TextStyle::VerbatimString: return tokens.text2;
    case TextStyle::Comment:
    case TextStyle::Documentation:
    case TextStyle::Annotation: return tokens.synCom;
    case TextStyle::Import:
    case TextStyle::DataType: return tokens.synImg;
    case TextStyle::Function: return tokens.synStage;
    case TextStyle::Operator: return tokens.text3;
    default: return tokens.text;
    }
}

} // namespace

class SyntaxHighlighter::BlockData : public QTextBlockUserData
{
public:
    KSyntaxHighlighting::State state;
    LineClass lineClass;
    int generation = 0;
};

SyntaxHighlighter::SyntaxHighlighter(QTextDocument *document, const Theme &theme)
    : QSyntaxHighlighter(document)
    , m_theme(theme)
    , m_snapshot(Snapshot::make(SourceText()))
    , m_resume(new QTimer(this))
{
    initSyntaxResource();
    setDefinition(m_repository.definitionForName(QStringLiteral("Dockerfile")));
    // The states between instructions, from lines that leave the engine there.
    m_base = highlightLine(u"FROM scratch", {});
    m_baseBacktick = highlightLine(u"FROM scratch", highlightLine(u"# escape=`", {}));
    m_resume->setSingleShot(true);
    connect(m_resume, &QTimer::timeout, this, &SyntaxHighlighter::resume);
    makeFormats();
    connect(&m_theme, &Theme::changed, this, [this] {
        makeFormats();
        rehighlight();
    });
}

SyntaxHighlighter::~SyntaxHighlighter() = default;

void SyntaxHighlighter::makeFormats()
{
    m_formats.clear();
    for (int style = 0; style <= static_cast<int>(TextStyle::Others); ++style) {
        QTextCharFormat format;
        format.setForeground(colourOf(static_cast<TextStyle>(style), m_theme.tokens()));
        if (style == static_cast<int>(TextStyle::Comment))
            format.setFontItalic(true);
        m_formats.push_back(format);
    }
}

std::vector<SyntaxHighlighter::Name> SyntaxHighlighter::namesOf(const Snapshot &snapshot)
{
    std::vector<Name> names;
    for (const Stage &stage : snapshot.graph().stages()) {
        if (stage.base.written.find('$') == std::string_view::npos)
            names.push_back({stage.base.range, stage.base.kind == BaseKind::Stage});
    }
    for (const StageReference &reference : snapshot.graph().references()) {
        if (reference.written.find('$') == std::string_view::npos)
            names.push_back(
                {reference.range, reference.kind == ReferenceKind::Stage || reference.kind == ReferenceKind::Error});
    }
    std::ranges::sort(names, {}, [](const Name &name) { return name.range.begin; });
    return names;
}

void SyntaxHighlighter::setSnapshot(SnapshotPtr snapshot)
{
    m_snapshot = std::move(snapshot);
    m_previousNames = std::exchange(m_names, namesOf(*m_snapshot));
    m_slice.invalidate();
}

void SyntaxHighlighter::refreshNames()
{
    // Names keep their order, so a pair-wise comparison finds the few that changed; when the number of names
    // changed, the lines from the first difference on are looked at, which costs little (only these lines).
    const std::size_t common = std::min(m_names.size(), m_previousNames.size());
    const bool sameCount = m_names.size() == m_previousNames.size();
    std::size_t first = 0;
    while (first < common && m_names[first].stage == m_previousNames[first].stage)
        ++first;
    for (std::size_t i = first; i < m_names.size(); ++i) {
        if (sameCount && m_names[i].stage == m_previousNames[i].stage)
            continue;
        const std::uint32_t line = m_snapshot->text().lineAt(m_names[i].range.begin);
        rehighlightBlock(document()->findBlockByNumber(static_cast<int>(line) - 1));
    }
}

SyntaxHighlighter::LineClass SyntaxHighlighter::classify(std::uint32_t line) const
{
    const Instruction *instruction = m_snapshot->tree().instructionAtLine(line);
    if (!instruction)
        return {};
    const std::uint32_t left = instruction->lastLine - line;
    if (line == instruction->firstLine)
        return {LineKind::Start, left};
    const Offset begin = m_snapshot->text().line(line).begin;
    for (const Heredoc &heredoc : instruction->heredocs) {
        if (heredoc.body.contains(begin))
            return {LineKind::HeredocBody, left, heredoc.body.end - begin};
        if (heredoc.terminated && heredoc.terminator.begin == begin)
            return {LineKind::HeredocEnd, left};
    }
    return {LineKind::Inside, left};
}

KSyntaxHighlighting::State SyntaxHighlighter::startState(const QTextBlock &block, const LineClass &lineClass) const
{
    const QTextBlock previous = block.previous();
    if (!previous.isValid())
        return {};
    const auto *data = static_cast<const BlockData *>(previous.userData());
    if (lineClass.kind == LineKind::Inside && data)
        return data->state;
    if (lineClass.kind == LineKind::Between && data && data->lineClass.kind == LineKind::Between)
        return data->state; // The head of the file: directives.
    return m_snapshot->tree().escapeCharacter() == '`' ? m_baseBacktick : m_base;
}

void SyntaxHighlighter::highlightBlock(const QString &text)
{
    if (!m_slice.isValid())
        m_slice.start();
    const bool late = m_urgentLast < 0 ? m_slice.elapsed() > SliceMs : currentBlock().blockNumber() > m_urgentLast;
    if (late) {
        defer();
        return;
    }
    const auto line = static_cast<std::uint32_t>(currentBlock().blockNumber()) + 1;
    const LineClass lineClass = classify(line);
    KSyntaxHighlighting::State state = startState(currentBlock(), lineClass);
    if (lineClass.kind == LineKind::HeredocBody) {
        setFormat(0, static_cast<int>(text.size()), m_formats[TextStyle::VerbatimString]);
    } else if (lineClass.kind == LineKind::HeredocEnd) {
        setFormat(0, static_cast<int>(text.size()), m_formats[TextStyle::Attribute]);
    } else if (text.size() <= LongestLine) {
        setFormat(0, static_cast<int>(text.size()), m_formats[TextStyle::Normal]);
        state = highlightLine(text, state);
        overlayNames(line);
    } else {
        setFormat(0, static_cast<int>(text.size()), m_formats[TextStyle::Normal]);
    }
    keepState(state, lineClass);
}

void SyntaxHighlighter::applyFormat(int offset, int length, const KSyntaxHighlighting::Format &format)
{
    if (length > 0 && currentBlock().isValid())
        setFormat(offset, length, m_formats[static_cast<std::size_t>(format.textStyle())]);
}

void SyntaxHighlighter::overlayNames(std::uint32_t line)
{
    const SourceText &text = m_snapshot->text();
    const TextRange range = text.line(line);
    auto name = std::ranges::lower_bound(m_names, range.begin, {}, [](const Name &n) { return n.range.begin; });
    const int block = currentBlock().position();
    for (; name != m_names.end() && name->range.begin < range.end; ++name) {
        const auto begin = static_cast<int>(text.displayPosition(name->range.begin)) - block;
        const auto end = static_cast<int>(text.displayPosition(std::min(name->range.end, range.end))) - block;
        if (begin >= 0 && begin < end)
            setFormat(begin, end - begin, m_formats[name->stage ? TextStyle::Function : TextStyle::Import]);
    }
}

void SyntaxHighlighter::keepState(const KSyntaxHighlighting::State &state, const LineClass &lineClass)
{
    auto *data = static_cast<BlockData *>(currentBlockUserData());
    if (!data) {
        data = new BlockData;
        data->generation = 1;
        setCurrentBlockUserData(data);
    } else if (!(data->state == state) || data->lineClass != lineClass) {
        data->generation ^= 2; // Another number makes QSyntaxHighlighter go on with the next line.
    }
    data->state = state;
    data->lineClass = lineClass;
    setCurrentBlockState(data->generation);
}

void SyntaxHighlighter::defer()
{
    QTextCursor here(currentBlock());
    if (m_pendingFirst.isNull()) {
        m_pendingFirst = here;
        m_pendingLast = here;
    } else if (here < m_pendingFirst) {
        m_pendingFirst = here;
    } else if (m_pendingLast < here) {
        m_pendingLast = here;
    }
    m_resume->start(0);
}

void SyntaxHighlighter::resume()
{
    if (m_pendingFirst.isNull())
        return;
    QElapsedTimer slice;
    slice.start();
    QTextBlock block = m_pendingFirst.block();
    QTextCursor last = m_pendingLast;
    for (; block.isValid() && block.blockNumber() <= last.blockNumber(); block = block.next()) {
        m_pendingFirst = {};
        m_pendingLast = {};
        // Each block is done whatever it takes, so that there is progress; what it makes necessary behind it waits.
        const QScopedValueRollback urgent(m_urgentLast, block.blockNumber());
        rehighlightBlock(block);
        if (!m_pendingLast.isNull() && last < m_pendingLast)
            last = m_pendingLast;
        if (slice.elapsed() > SliceMs) {
            block = block.next();
            break;
        }
    }
    m_pendingFirst = {};
    m_pendingLast = {};
    m_resume->stop();
    if (block.isValid() && block.blockNumber() <= last.blockNumber()) {
        m_pendingFirst = QTextCursor(block);
        m_pendingLast = last;
        m_resume->start(0);
    }
}

void SyntaxHighlighter::colourNow(int firstBlock, int lastBlock)
{
    if (m_pendingFirst.isNull())
        return;
    const int from = std::max(firstBlock, m_pendingFirst.blockNumber());
    const int to = std::min(lastBlock, m_pendingLast.blockNumber());
    const QScopedValueRollback urgent(m_urgentLast, to);
    QTextBlock block = document()->findBlockByNumber(from);
    for (; block.isValid() && block.blockNumber() <= to; block = block.next())
        rehighlightBlock(block);
}

} // namespace stagewright
