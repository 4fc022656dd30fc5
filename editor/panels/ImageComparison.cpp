// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "panels/ImageComparison.h"

#include "edit/Edits.h"
#include "lint/Linter.h"
#include "panels/DiffPreview.h"
#include "session/DocumentSession.h"
#include "text/FactRows.h"
#include "text/FactsTip.h"
#include "theme/Theme.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QTextBrowser>
#include <QVBoxLayout>

#include <algorithm>

namespace stagewright {

namespace {

constexpr int rowHeight = 30;
constexpr int widestFact = 178; ///< The rest is in the tool tip.
constexpr std::size_t previewLines = 8;
constexpr int mostFindings = 12;

QString toText(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

/// The stage whose FROM names the image that @p stage ends up on.
StageId rootOf(const BuildGraph &graph, StageId stage)
{
    for (std::size_t steps = 0; steps < graph.stages().size(); ++steps) {
        const StageBase &base = graph.stage(stage).base;
        if (base.kind != BaseKind::Stage || base.stage == StageId::None)
            return stage;
        stage = base.stage;
    }
    return stage;
}

/// Facts that differ from the image in use stand out; what is not known stays in the background.
class ComparisonDelegate : public QStyledItemDelegate
{
public:
    ComparisonDelegate(const Theme &theme, QObject *parent)
        : QStyledItemDelegate(parent)
        , m_theme(theme)
    {
    }
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const Tokens &t = m_theme.tokens();
        const bool selected = option.state.testFlag(QStyle::State_Selected);
        const bool differs = index.data(ComparisonModel::DiffersRole).toBool();
        const auto tone = static_cast<FactRow::Tone>(index.data(ComparisonModel::ToneRole).toInt());
        painter->save();
        painter->fillRect(option.rect, selected ? t.accentSel : t.raised);
        painter->setPen(t.border);
        painter->drawLine(option.rect.bottomLeft(), option.rect.bottomRight());
        QRect box = option.rect.adjusted(8, 0, -8, 0);
        const bool image = index.column() == ComparisonModel::ImageColumn;
        painter->setFont(image ? m_theme.monoFont(12) : m_theme.uiFont(12, differs ? QFont::DemiBold : QFont::Normal));
        if (differs && !selected) {
            painter->setRenderHint(QPainter::Antialiasing);
            painter->setPen(Qt::NoPen);
            painter->setBrush(t.accentTint);
            painter->drawRoundedRect(option.rect.adjusted(2, 4, -2, -5), 4, 4);
        }
        if (image && index.data(ComparisonModel::AskedRole).toBool()) {
            painter->drawPixmap(
                box.left(), box.center().y() - 6,
                m_theme.pixmap(QStringLiteral("check"), t.accent, 14, painter->device()->devicePixelRatio()));
        }
        if (image)
            box.setLeft(box.left() + 20);
        painter->setPen(index.data(ComparisonModel::UnknownRole).toBool() ? t.text3
                            : tone == FactRow::Tone::Bad                  ? t.error
                            : tone == FactRow::Tone::Warn                 ? t.warn
                                                                          : t.text);
        painter->drawText(box, Qt::AlignVCenter | Qt::AlignLeft,
                          painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideMiddle, box.width()));
        painter->restore();
    }

private:
    const Theme &m_theme;
};

} // namespace

QString ImageComparison::imageOf(const DocumentSession &session, StageId stage)
{
    const BuildGraph &graph = session.snapshot()->graph();
    if (stage == StageId::None || indexOf(stage) >= graph.stages().size())
        return {};
    const StageBase &base = graph.stage(rootOf(graph, stage)).base;
    return base.kind == BaseKind::Image || base.kind == BaseKind::Scratch ? toText(base.resolved) : QString();
}

QString ImageComparison::noSiblings(const QString &reference)
{
    return reference.isEmpty() ? tr("This stage starts from no image that could be compared")
                               : tr("The catalogue knows no siblings of %1").arg(reference);
}

ImageComparison *ImageComparison::forStage(DocumentSession &session, const Theme &theme, StageId stage, QWidget *parent)
{
    const QString image = imageOf(session, stage);
    if (image.isEmpty())
        return nullptr;
    Siblings siblings = siblingsOf(session.linter().catalog(), image.toStdString());
    if (siblings.images.empty())
        return nullptr;
    return new ImageComparison(session, theme, std::move(siblings), rootOf(session.snapshot()->graph(), stage), parent);
}

ImageComparison *ImageComparison::forImage(DocumentSession &session, const Theme &theme, const QString &reference,
                                           QWidget *parent)
{
    Siblings siblings = siblingsOf(session.linter().catalog(), reference.toStdString());
    if (siblings.images.empty())
        return nullptr;
    return new ImageComparison(session, theme, std::move(siblings), StageId::None, parent);
}

ImageComparison::ImageComparison(DocumentSession &session, const Theme &theme, Siblings siblings, StageId root,
                                 QWidget *parent)
    : QDialog(parent)
    , m_session(session)
    , m_theme(theme)
    , m_root(root)
    , m_model(new ComparisonModel(this))
    , m_table(new QTableView(this))
    , m_preview(new DiffPreview(theme, this))
    , m_previewTitle(new QLabel(this))
    , m_effects(new QTextBrowser(this))
    , m_use(new QPushButton(root == StageId::None ? tr("Add a stage FROM this image") : tr("Use this image"), this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    m_model->setSiblings(std::move(siblings));
    build();
    // What is previewed is about this text.
    connect(&session, &DocumentSession::changed, this, &QWidget::close);
    connect(&session, &QObject::destroyed, this, &QWidget::close);
    connect(&theme, &Theme::changed, this, &ImageComparison::showChoice);
    choose(std::max(0, m_model->askedRow()));
}

void ImageComparison::build()
{
    const QString title = QString::fromStdString(m_model->siblings().title);
    setWindowTitle(tr("Compare images: %1").arg(title));
    m_table->setModel(m_model);
    m_table->setItemDelegate(new ComparisonDelegate(m_theme, m_table));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setShowGrid(false);
    m_table->setTabKeyNavigation(false);
    m_table->setWordWrap(false);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->setAccessibleName(tr("Images"));
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(rowHeight);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->resizeColumnsToContents();
    for (int column = 0; column < ComparisonModel::ColumnCount; ++column) {
        const bool image = column == ComparisonModel::ImageColumn;
        const int words = std::max(m_table->columnWidth(column), m_table->horizontalHeader()->sectionSizeHint(column));
        m_table->setColumnWidth(column, std::min(words + (image ? 60 : 28), image ? 380 : widestFact));
    }
    m_table->setMinimumHeight(std::min(m_model->rowCount(), 7) * rowHeight + 40);

    auto *heading = new QLabel(title, this);
    heading->setFont(m_theme.uiFont(15, QFont::DemiBold));
    auto *legend = new QLabel(tr("What differs from the image in use stands out."), this);
    legend->setFont(m_theme.uiFont(12));
    m_previewTitle->setFont(m_theme.uiFont(12, QFont::DemiBold));
    m_effects->setFrameShape(QFrame::NoFrame);
    m_effects->setMinimumHeight(90);
    m_effects->setMaximumHeight(150);
    m_effects->setAccessibleName(tr("What would change"));
    m_effects->document()->setDocumentMargin(2);

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    buttons->addButton(m_use, QDialogButtonBox::AcceptRole);
    m_use->setDefault(true);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(18, 16, 18, 14);
    layout->setSpacing(8);
    layout->addWidget(heading);
    layout->addWidget(legend);
    layout->addWidget(m_table, 1);
    layout->addWidget(m_previewTitle);
    layout->addWidget(m_preview);
    layout->addWidget(m_effects);
    layout->addWidget(buttons);
    const int wide = parentWidget() ? parentWidget()->window()->width() - 80 : 1200;
    resize(std::clamp(tableWidth() + 54, 640, std::max(640, wide)),
           std::min(m_model->rowCount(), 11) * rowHeight + 340);

    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &ImageComparison::showChoice);
    connect(m_table, &QTableView::doubleClicked, this, &ImageComparison::use);
    connect(m_use, &QPushButton::clicked, this, &ImageComparison::use);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    m_table->setFocus();
}

int ImageComparison::tableWidth() const
{
    int width = 0;
    for (int column = 0; column < ComparisonModel::ColumnCount; ++column)
        width += m_table->columnWidth(column);
    return width;
}

void ImageComparison::choose(int row)
{
    m_table->setCurrentIndex(m_model->index(row, 0));
    showChoice();
}

void ImageComparison::showChoice()
{
    m_edit.reset();
    m_changes = {};
    const int row = m_table->currentIndex().row();
    if (row < 0)
        return;
    const Sibling &chosen = m_model->siblings().images[static_cast<std::size_t>(row)];
    QString why;
    if (m_root != StageId::None && !chosen.asked) {
        const Snapshot &snapshot = *m_session.snapshot();
        if (auto edit = edit::setBase(snapshot, m_root, chosen.reference)) {
            const SnapshotPtr after = Snapshot::make(edit->applyTo(snapshot.text()), m_session.options());
            m_changes = compareFindings(m_session.diagnostics(), m_session.linter().check(*after));
            edit->setLabel(tr("Use %1").arg(QString::fromStdString(chosen.reference)).toStdString());
            m_edit = *std::move(edit);
        } else {
            why = QString::fromStdString(edit.error().message);
        }
    }
    m_preview->setLines(m_edit ? lineDiff(m_session.snapshot()->text(), *m_edit, previewLines)
                               : std::vector<DiffLine>());
    m_previewTitle->setText(m_root == StageId::None ? QString()
                                : chosen.asked      ? tr("This image is in use")
                                : !why.isEmpty()    ? why
                                                    : tr("With %1").arg(QString::fromStdString(chosen.reference)));
    m_previewTitle->setVisible(!m_previewTitle->text().isEmpty());
    const Tokens &t = m_theme.tokens();
    m_effects->setStyleSheet(
        QStringLiteral("QTextBrowser { background: transparent; color: %1; border: none; }").arg(t.text2.name()));
    m_effects->setFont(m_theme.uiFont(12));
    m_effects->setHtml(changesText());
    m_use->setEnabled(m_root == StageId::None || (m_edit && !m_session.isReadOnly()));
}

QString ImageComparison::changesText() const
{
    const Tokens &t = m_theme.tokens();
    QString html;
    const auto list = [&](const QString &heading, const std::vector<Diagnostic> &findings, bool coming) {
        if (findings.empty())
            return;
        html += QStringLiteral("<p style='margin:4px 0 2px 0; font-weight:600; color:%1'>%2</p>")
                    .arg(t.text.name(), heading.toHtmlEscaped());
        int shown = 0;
        for (const Diagnostic &d : findings) {
            if (++shown > mostFindings)
                break;
            const QColor colour = !coming         ? t.ok
                : d.severity == Severity::Error   ? t.error
                : d.severity == Severity::Warning ? t.warn
                                                  : t.accent;
            html += QStringLiteral("<p style='margin:0 0 2px 8px'><span style='color:%1'>%2 %3</span> %4</p>")
                        .arg(colour.name(), coming ? QStringLiteral("+") : QStringLiteral("−"),
                             toText(d.ruleId).toHtmlEscaped(),
                             (d.line > 0 ? tr("line %1: %2").arg(d.line).arg(toText(d.title)) : toText(d.title))
                                 .toHtmlEscaped());
        }
        if (static_cast<int>(findings.size()) > mostFindings)
            html += QStringLiteral("<p style='margin:0 0 2px 8px'>%1</p>")
                        .arg(tr("and %1 more").arg(findings.size() - mostFindings));
    };
    list(tr("Findings that would come"), m_changes.come, true);
    list(tr("Findings that would go"), m_changes.gone, false);
    if (html.isEmpty() && m_edit)
        html = QStringLiteral("<p>%1</p>").arg(tr("No finding would come or go."));
    const int row = m_table->currentIndex().row();
    const std::string &note = m_model->siblings().images[static_cast<std::size_t>(row)].facts.note;
    if (!note.empty())
        html += QStringLiteral("<p style='margin:8px 0 0 0'>%1</p>").arg(toText(note).toHtmlEscaped());
    return html;
}

void ImageComparison::use()
{
    const int row = m_table->currentIndex().row();
    if (row < 0 || !m_use->isEnabled())
        return;
    if (m_root == StageId::None) {
        Q_EMIT stageWanted(QString::fromStdString(m_model->siblings().images[static_cast<std::size_t>(row)].reference));
        accept();
        return;
    }
    EditTransaction edit = *m_edit;
    accept();
    m_session.push(std::move(edit), Origin::Fix);
}

} // namespace stagewright
