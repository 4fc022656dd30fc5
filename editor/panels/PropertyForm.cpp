// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "panels/PropertyForm.h"

#include "theme/Theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFocusEvent>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace stagewright {

using Kind = PropertyForm::Field::Kind;

struct PropertyForm::Row
{
    Field field;
    QWidget *editor = nullptr;
    QLabel *label = nullptr;
    QLabel *error = nullptr;
};

namespace {

/// A small plain text field that tells when it is left or confirmed with Ctrl+Enter.
class BlockEdit : public QPlainTextEdit
{
public:
    BlockEdit(std::function<void()> done, QWidget *parent)
        : QPlainTextEdit(parent)
        , m_done(std::move(done))
    {
        setTabChangesFocus(true);
        setLineWrapMode(QPlainTextEdit::NoWrap);
        setFixedHeight(96);
    }

protected:
    void focusOutEvent(QFocusEvent *event) override
    {
        QPlainTextEdit::focusOutEvent(event);
        if (event->reason() != Qt::PopupFocusReason && document()->isModified()) {
            m_done();
        }
    }
    void keyPressEvent(QKeyEvent *event) override
    {
        if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
            && event->modifiers().testFlag(Qt::ControlModifier)) {
            m_done();
            return;
        }
        QPlainTextEdit::keyPressEvent(event);
    }

private:
    std::function<void()> m_done;
};

void setTextKeepingCursor(QLineEdit *line, const QString &text)
{
    if (line->text() != text) {
        const int cursor = line->cursorPosition();
        line->setText(text);
        line->setCursorPosition(std::min<int>(cursor, static_cast<int>(text.size())));
    }
}

} // namespace

PropertyForm::PropertyForm(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
}

PropertyForm::~PropertyForm() = default;

void PropertyForm::begin()
{
    m_next.clear();
}

void PropertyForm::add(Field field)
{
    m_next.push_back(std::move(field));
}

bool PropertyForm::fits() const
{
    return std::ranges::equal(m_rows, m_next, [](const std::unique_ptr<Row> &row, const Field &field) {
        return row->field.key == field.key && row->field.kind == field.kind && row->field.label == field.label
            && row->field.readOnly == field.readOnly && !row->field.remove == !field.remove;
    });
}

void PropertyForm::end()
{
    const QScopedValueRollback updating(m_updating, true);
    if (!fits()) {
        rebuild();
    }
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        m_rows[i]->field = std::move(m_next[i]);
        setValue(*m_rows[i]);
    }
    m_next.clear();
}

void PropertyForm::rebuild()
{
    QString focused;
    for (const auto &row : m_rows) {
        if (row->editor && (row->editor->hasFocus() || row->editor->isAncestorOf(focusWidget()))) {
            focused = row->field.key;
        }
    }
    if (m_body) {
        m_body->hide();
        m_body->setParent(nullptr); // this may run inside a signal of a widget in there
        m_body->deleteLater();
    }
    m_rows.clear();
    m_body = new QWidget(this);
    m_grid = new QGridLayout(m_body);
    m_grid->setContentsMargins(14, 12, 12, 8);
    m_grid->setHorizontalSpacing(12);
    m_grid->setVerticalSpacing(4);
    m_grid->setColumnMinimumWidth(0, 84);
    m_grid->setColumnStretch(1, 1);
    layout()->addWidget(m_body);
    int line = 0;
    for (const Field &field : m_next) {
        auto row = std::make_unique<Row>();
        row->field = field;
        build(*row, line);
        m_rows.push_back(std::move(row));
        line += 2;
    }
    m_body->show();
    if (QWidget *widget = editor(focused); widget && !focused.isEmpty()) {
        widget->setFocus();
    }
}

void PropertyForm::build(Row &row, int line)
{
    const Field &field = row.field;
    if (field.kind == Kind::Section || field.kind == Kind::Note) {
        row.label = new QLabel(field.label, m_body);
        row.label->setWordWrap(true);
        row.label->setTextFormat(Qt::PlainText);
        if (field.kind == Kind::Section) {
            row.label->setFont(m_theme.uiFont(12.5, QFont::DemiBold));
            row.label->setContentsMargins(0, 8, 0, 2);
        } else {
            row.label->setForegroundRole(QPalette::PlaceholderText);
        }
        m_grid->addWidget(row.label, line, 0, 1, 2);
        return;
    }
    row.editor = makeEditor(row);
    row.editor->setObjectName(QStringLiteral("property-") + field.key);
    row.editor->setAccessibleName(field.label);
    if (field.kind != Kind::Check && field.kind != Kind::Button) {
        row.label = new QLabel(field.label, m_body);
        row.label->setAlignment(Qt::AlignRight | (field.kind == Kind::Block ? Qt::AlignTop : Qt::AlignVCenter));
        row.label->setContentsMargins(0, field.kind == Kind::Block ? 6 : 0, 0, 0);
        row.label->setBuddy(row.editor);
        if (field.kind == Kind::Fact) {
            row.label->setForegroundRole(QPalette::PlaceholderText);
        }
        m_grid->addWidget(row.label, line, 0);
    }
    if (field.remove) {
        auto *cell = new QHBoxLayout;
        cell->setSpacing(4);
        cell->addWidget(row.editor, 1);
        auto *remove = new QToolButton(m_body);
        remove->setAutoRaise(true);
        remove->setIcon(m_theme.icon(QStringLiteral("x")));
        remove->setToolTip(tr("Remove"));
        remove->setAccessibleName(tr("Remove %1").arg(field.label));
        connect(remove, &QToolButton::clicked, this, [this, key = field.key] {
            if (const Row *found = find(key); found && found->field.remove) {
                take(key, found->field.remove(), true);
            }
        });
        cell->addWidget(remove);
        m_grid->addLayout(cell, line, 1);
    } else {
        m_grid->addWidget(row.editor, line, 1);
    }
    row.error = new QLabel(m_body);
    row.error->setWordWrap(true);
    row.error->setFont(m_theme.uiFont(11.5));
    row.error->setForegroundRole(QPalette::BrightText);
    row.error->hide();
    m_grid->addWidget(row.error, line + 1, 1);
}

QWidget *PropertyForm::makeEditor(Row &row)
{
    const QString key = row.field.key;
    switch (row.field.kind) {
    case Kind::Line: {
        auto *line = new QLineEdit(m_body);
        line->setFont(m_theme.monoFont(12));
        line->setReadOnly(row.field.readOnly);
        connect(line, &QLineEdit::textEdited, this, [this, key](const QString &text) { tryCommit(key, text, false); });
        connect(line, &QLineEdit::editingFinished, this, [this, key, line] { tryCommit(key, line->text(), true); });
        return line;
    }
    case Kind::Block: {
        auto *block = new BlockEdit(
            [this, key] {
                if (const Row *found = find(key)) {
                    tryCommit(key, static_cast<QPlainTextEdit *>(found->editor)->toPlainText(), true);
                }
            },
            m_body);
        block->setFont(m_theme.monoFont(12));
        block->setReadOnly(row.field.readOnly);
        connect(block, &QPlainTextEdit::textChanged, this, [this, key, block] {
            if (!m_updating) {
                tryCommit(key, block->toPlainText(), false);
            }
        });
        return block;
    }
    case Kind::Combo:
    case Kind::EditableCombo: {
        auto *combo = new QComboBox(m_body);
        combo->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
        combo->setEnabled(!row.field.readOnly);
        if (row.field.kind == Kind::EditableCombo) {
            combo->setEditable(true);
            combo->setInsertPolicy(QComboBox::NoInsert);
            combo->lineEdit()->setFont(m_theme.monoFont(12));
            connect(combo->lineEdit(), &QLineEdit::textEdited, this,
                    [this, key](const QString &text) { tryCommit(key, text, false); });
            connect(combo->lineEdit(), &QLineEdit::editingFinished, this,
                    [this, key, combo] { tryCommit(key, combo->currentText(), true); });
        }
        connect(combo, &QComboBox::activated, this,
                [this, key, combo](int index) { tryCommit(key, combo->itemData(index).toString(), true); });
        return combo;
    }
    case Kind::Check: {
        auto *check = new QCheckBox(row.field.label, m_body);
        check->setEnabled(!row.field.readOnly);
        connect(check, &QCheckBox::clicked, this,
                [this, key](bool on) { tryCommit(key, on ? QStringLiteral("1") : QString(), true); });
        return check;
    }
    case Kind::Button: {
        auto *button = new QPushButton(row.field.label, m_body);
        button->setProperty("small", true);
        button->setIcon(m_theme.icon(QStringLiteral("plus")));
        button->setIconSize({13, 13});
        button->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
        button->setEnabled(!row.field.readOnly);
        connect(button, &QPushButton::clicked, this, [this, key] { tryCommit(key, {}, true); });
        return button;
    }
    case Kind::Fact: {
        auto *fact = new QLabel(m_body);
        fact->setFont(m_theme.monoFont(12));
        fact->setTextFormat(Qt::PlainText);
        fact->setWordWrap(true);
        fact->setTextInteractionFlags(Qt::TextSelectableByMouse);
        fact->setMinimumHeight(20);
        return fact;
    }
    case Kind::Section:
    case Kind::Note: break;
    }
    return nullptr;
}

void PropertyForm::setValue(Row &row)
{
    const Field &field = row.field;
    switch (field.kind) {
    case Kind::Line: {
        auto *line = static_cast<QLineEdit *>(row.editor);
        line->setPlaceholderText(field.placeholder);
        setTextKeepingCursor(line, field.value);
        break;
    }
    case Kind::Block: {
        auto *block = static_cast<QPlainTextEdit *>(row.editor);
        block->setPlaceholderText(field.placeholder);
        if (block->toPlainText() != field.value) {
            block->setPlainText(field.value);
        }
        block->document()->setModified(false);
        break;
    }
    case Kind::Combo:
    case Kind::EditableCombo: {
        auto *combo = static_cast<QComboBox *>(row.editor);
        combo->clear();
        for (const Choice &choice : field.choices) {
            combo->addItem(choice.text, choice.value);
        }
        const int index = combo->findData(field.value);
        combo->setCurrentIndex(index);
        if (combo->isEditable()) {
            setTextKeepingCursor(combo->lineEdit(), field.value);
            combo->lineEdit()->setPlaceholderText(field.placeholder);
        }
        break;
    }
    case Kind::Check:
        static_cast<QCheckBox *>(row.editor)->setChecked(!field.value.isEmpty());
        row.editor->setToolTip(field.placeholder);
        break;
    case Kind::Note: row.label->setText(field.label); break;
    case Kind::Fact: static_cast<QLabel *>(row.editor)->setText(field.value); break;
    case Kind::Section:
    case Kind::Button: break;
    }
    if (row.error) {
        row.error->hide();
        row.editor->setProperty("invalid", false);
    }
}

void PropertyForm::tryCommit(const QString &key, const QString &value, bool now)
{
    const Row *row = find(key);
    if (m_updating || !row || !row->field.commit || row->field.readOnly) {
        return;
    }
    if (row->field.kind != Kind::Button && value == row->field.value) {
        take(key, EditTransaction(), false);
        return;
    }
    const Commit commit = row->field.commit; // applying describes the form anew
    take(key, commit(value), now);
}

void PropertyForm::take(const QString &key, const edit::Result &result, bool now)
{
    Row *row = find(key);
    if (!row) {
        return;
    }
    const bool wrong = !result.has_value();
    row->error->setText(wrong ? QString::fromStdString(result.error().message) : QString());
    row->error->setVisible(wrong);
    row->editor->setProperty("invalid", wrong);
    row->editor->update();
    if (wrong) {
        Q_EMIT preview({});
    } else if (now && !result->isEmpty()) {
        Q_EMIT apply(*result);
    } else if (!now) {
        Q_EMIT preview(*result);
    }
}

PropertyForm::Row *PropertyForm::find(const QString &key) const
{
    const auto found = std::ranges::find_if(m_rows, [&](const auto &row) { return row->field.key == key; });
    return found == m_rows.end() ? nullptr : found->get();
}

QWidget *PropertyForm::editor(const QString &key) const
{
    const Row *row = find(key);
    return row ? row->editor : nullptr;
}

QString PropertyForm::errorOf(const QString &key) const
{
    const Row *row = find(key);
    return row && row->error && !row->error->isHidden() ? row->error->text() : QString();
}

} // namespace stagewright
