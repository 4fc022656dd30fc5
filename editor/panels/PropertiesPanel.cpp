// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "panels/PropertiesPanel.h"

#include "graph/GraphModel.h"
#include "lint/Linter.h"
#include "panels/InstructionForm.h"
#include "panels/PropertyForm.h"
#include "session/StageRole.h"
#include "theme/Style.h"
#include "theme/Theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QScrollArea>
#include <QVBoxLayout>

namespace stagewright {

namespace {

/// A rounded box like an input, for text that is only shown.
class FieldBox : public QWidget
{
public:
    FieldBox(const Theme &theme, QWidget *parent)
        : QWidget(parent)
        , m_theme(theme)
    {
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        strokeRounded(&painter, rect(), 6, m_theme.tokens().border2, m_theme.tokens().field);
    }

private:
    const Theme &m_theme;
};

QString span(const QColor &colour, const QString &text)
{
    return QStringLiteral("<span style=\"color:%1\">%2</span>").arg(colour.name(), text.toHtmlEscaped());
}

/// Keyword, flags and strings in the editor's colours.
QString coloured(const Tokens &t, const SourceText &text, TextRange range)
{
    auto own = SourceText::fromBytes(std::string(text.slice(range)));
    if (!own) {
        return {};
    }
    const SyntaxTree tree = SyntaxTree::parse(std::move(*own));
    QString html;
    for (const Token &token : tree.tokens()) {
        const QString part = toQString(tree.text().slice(token.range));
        switch (token.kind) {
        case TokenKind::Keyword: html += span(t.synKw, part); break;
        case TokenKind::Flag: html += span(t.synFlag, part); break;
        case TokenKind::JsonArray: html += span(t.synStr, part); break;
        case TokenKind::Comment: html += span(t.synCom, part); break;
        default: html += span(t.text, part);
        }
    }
    return QStringLiteral("<div style=\"white-space:pre-wrap\">%1</div>").arg(html);
}

} // namespace

PropertiesPanel::PropertiesPanel(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    auto *scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    outer->addWidget(scroll);
    auto *content = new QWidget(scroll);
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins(0, 0, 0, 12);
    layout->setSpacing(0);

    m_head = new QWidget(content);
    auto *head = new QHBoxLayout(m_head);
    head->setContentsMargins(14, 14, 14, 2);
    head->setSpacing(10);
    m_icon = new QLabel(m_head);
    head->addWidget(m_icon, 0, Qt::AlignTop);
    auto *words = new QVBoxLayout;
    words->setSpacing(0);
    m_title = new QLabel(m_head);
    m_title->setFont(theme.uiFont(13, QFont::DemiBold));
    m_title->setTextFormat(Qt::PlainText);
    m_title->setWordWrap(true);
    m_subtitle = new QLabel(m_head);
    m_subtitle->setFont(theme.uiFont(11.5));
    m_subtitle->setForegroundRole(QPalette::PlaceholderText);
    words->addWidget(m_title);
    words->addWidget(m_subtitle);
    head->addLayout(words, 1);
    layout->addWidget(m_head);

    m_hint = new QLabel(content);
    m_hint->setWordWrap(true);
    m_hint->setMargin(16);
    m_hint->setForegroundRole(QPalette::PlaceholderText);
    layout->addWidget(m_hint);
    m_form = new PropertyForm(theme, content);
    layout->addWidget(m_form);

    m_writesBox = new QWidget(content);
    auto *writes = new QVBoxLayout(m_writesBox);
    writes->setContentsMargins(14, 6, 12, 0);
    auto *caption = new QLabel(tr("Writes"), m_writesBox);
    caption->setFont(theme.uiFont(12.5, QFont::DemiBold));
    writes->addWidget(caption);
    auto *box = new FieldBox(theme, m_writesBox);
    auto *boxLayout = new QVBoxLayout(box);
    boxLayout->setContentsMargins(10, 7, 10, 7);
    m_writes = new QLabel(box);
    m_writes->setFont(theme.monoFont(12));
    m_writes->setTextFormat(Qt::RichText);
    m_writes->setWordWrap(true);
    m_writes->setTextInteractionFlags(Qt::TextSelectableByMouse);
    boxLayout->addWidget(m_writes);
    writes->addWidget(box);
    layout->addWidget(m_writesBox);
    layout->addStretch(1);
    scroll->setWidget(content);

    connect(m_form, &PropertyForm::apply, this, [this](const EditTransaction &transaction) {
        if (m_session) {
            m_session->push(transaction, Origin::Properties);
        }
    });
    connect(m_form, &PropertyForm::preview, this, &PropertiesPanel::showPreview);
    connect(&theme, &Theme::changed, this, &PropertiesPanel::refresh);
    refresh();
}

void PropertiesPanel::setSession(DocumentSession *session)
{
    if (m_session) {
        m_session->disconnect(this);
    }
    m_session = session;
    if (session) {
        connect(session, &DocumentSession::changed, this, &PropertiesPanel::refresh);
        connect(session, &DocumentSession::selectionChanged, this, &PropertiesPanel::refresh);
        connect(session, &DocumentSession::readOnlyChanged, this, &PropertiesPanel::refresh);
    }
    refresh();
}

QString PropertiesPanel::title() const
{
    return m_title->text();
}

PropertiesPanel::Subject PropertiesPanel::subject() const
{
    Subject subject;
    if (!m_session) {
        return subject;
    }
    const Selection &selection = m_session->selection();
    const BuildGraph &graph = m_session->snapshot()->graph();
    const auto &instructions = m_session->snapshot()->tree().instructions();
    if (!selection.instructions.empty()) {
        subject.count = static_cast<int>(selection.instructions.size());
        subject.instruction = selection.instructions.front();
        if (subject.count > 1 || indexOf(subject.instruction) >= instructions.size()) {
            subject.kind = Subject::Kind::Several;
            return subject;
        }
        subject.kind = Subject::Kind::Instruction;
        if (instructions[indexOf(subject.instruction)].kind == InstructionKind::From) {
            subject.stage = graph.stageOf(subject.instruction);
            subject.kind = subject.stage == StageId::None ? Subject::Kind::Instruction : Subject::Kind::Stage;
        }
        return subject;
    }
    if (selection.nodes.size() == 1) {
        const NodeRef node = selection.nodes.front();
        if (node.kind == NodeKind::Stage && node.index < static_cast<int>(graph.stages().size())) {
            subject.kind = Subject::Kind::Stage;
            subject.stage = static_cast<StageId>(node.index);
        } else if (node.kind == NodeKind::Image && node.index < static_cast<int>(graph.images().size())) {
            subject.kind = Subject::Kind::Image;
            subject.image = static_cast<ImageId>(node.index);
        }
    } else if (selection.nodes.empty() && selection.edges.size() == 1
               && selection.edges.front() < graph.edges().size()) {
        // An edge is what its instruction says.
        const Edge &edge = graph.edges()[selection.edges.front()];
        const bool from = edge.kind == EdgeKind::From;
        subject.kind = from ? Subject::Kind::Stage : Subject::Kind::Instruction;
        subject.stage = edge.target;
        subject.instruction = edge.instruction;
    } else if (selection.nodes.size() > 1) {
        subject.kind = Subject::Kind::Several;
        subject.count = static_cast<int>(selection.nodes.size());
    }
    return subject;
}

void PropertiesPanel::showHead(const Subject &subject)
{
    const Tokens &t = m_theme.tokens();
    const SnapshotPtr &snapshot = m_session->snapshot();
    QString icon = QStringLiteral("box");
    QColor colour = t.ext;
    const auto stageColour = [&](StageId id) {
        return id != StageId::None && snapshot->graph().stage(id).isTarget ? t.final_ : t.builder;
    };
    if (subject.kind == Subject::Kind::Stage) {
        const Stage &stage = snapshot->graph().stage(subject.stage);
        m_title->setText(tr("Stage %1").arg(QString::fromStdString(stage.displayName)));
        m_subtitle->setText(
            tr("index %1, lines %2 to %3").arg(indexOf(stage.id)).arg(stage.firstLine).arg(stage.lastLine));
        icon = stage.isTarget ? QStringLiteral("flag") : QStringLiteral("hammer");
        colour = stageColour(stage.id);
    } else if (subject.kind == Subject::Kind::Instruction) {
        const Instruction &instruction = snapshot->tree().instruction(subject.instruction);
        const StageId stage = snapshot->graph().stageOf(subject.instruction);
        const Flag *from = instruction.flag("from");
        const QString keyword = toQString(instruction.keyword).toUpper();
        m_title->setText(from ? tr("%1 from %2").arg(keyword, toQString(from->value)) : keyword);
        const QString line = tr("line %1").arg(instruction.firstLine);
        m_subtitle->setText(stage == StageId::None ? line
                                                   : QString::fromStdString(snapshot->graph().stage(stage).displayName)
                                    + QStringLiteral(", ") + line);
        icon = instructionIcon(instruction.kind);
        colour = stageColour(stage);
    } else if (subject.kind == Subject::Kind::Image) {
        m_title->setText(QString::fromStdString(snapshot->graph().image(subject.image).written));
        m_subtitle->setText(tr("external image"));
    }
    const qreal dpr = devicePixelRatioF();
    QPixmap badge(QSize(24, 24) * dpr);
    badge.setDevicePixelRatio(dpr);
    badge.fill(Qt::transparent);
    QPainter painter(&badge);
    strokeRounded(&painter, QRectF(0, 0, 24, 24), 6, QColor(), colour);
    painter.drawPixmap(5, 5, m_theme.pixmap(icon, t.onRole, 14, dpr));
    painter.end();
    m_icon->setPixmap(badge);
}

void PropertiesPanel::refresh()
{
    const Subject what = subject();
    const bool one = what.kind != Subject::Kind::Nothing && what.kind != Subject::Kind::Several;
    m_head->setVisible(one);
    m_hint->setVisible(!one);
    m_form->setVisible(one);
    m_writesBox->setVisible(what.kind == Subject::Kind::Stage || what.kind == Subject::Kind::Instruction);
    m_form->begin();
    if (one) {
        showHead(what);
        const SnapshotPtr snapshot = m_session->snapshot();
        const bool readOnly = m_session->isReadOnly();
        switch (what.kind) {
        case Subject::Kind::Stage:
            describeStage(*m_form, snapshot, what.stage, m_session->linter().catalog(), readOnly);
            m_range = snapshot->tree().instruction(snapshot->graph().stage(what.stage).from).range;
            break;
        case Subject::Kind::Instruction:
            describeInstruction(*m_form, snapshot, snapshot->tree().instruction(what.instruction), readOnly);
            m_range = snapshot->tree().instruction(what.instruction).range;
            break;
        case Subject::Kind::Image: describeImage(*m_form, *snapshot, what.image, m_session->linter().catalog()); break;
        case Subject::Kind::Nothing:
        case Subject::Kind::Several: break;
        }
        showWrites(snapshot->text(), m_range);
    } else {
        m_title->clear();
        m_hint->setText(what.kind == Subject::Kind::Several
                            ? tr("%1 things are selected. Select one to see its properties.").arg(what.count)
                            : tr("Select a stage, an instruction or an image to see and change its properties."));
    }
    m_form->end();
}

void PropertiesPanel::showWrites(const SourceText &text, TextRange range)
{
    m_writesText = toQString(text.slice(range));
    m_writes->setText(coloured(m_theme.tokens(), text, range));
}

void PropertiesPanel::showPreview(const EditTransaction &transaction)
{
    if (!m_session) {
        return;
    }
    const SourceText &before = m_session->snapshot()->text();
    showWrites(transaction.isEmpty() ? before : transaction.applyTo(before), transaction.mapRange(m_range));
}

} // namespace stagewright
