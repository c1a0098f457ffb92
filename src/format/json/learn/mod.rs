//! Learned templates: documents of one kind repeat their names, in one order.
//!
//! The first documents of a kind go through the parser, and a draft is made of what they have in common. When another one
//! changes nothing, the draft becomes a template, by which the following ones are read: names are compared instead of
//! parsed, and JavaScript gets a function that is generated for them. A template only says how a value is stored, never
//! what it is: a document that doesn't fit is parsed as if there was none.
//!
//! Everything here has a bound, whatever documents say: so many kinds, so many lessons for each, so many templates.

mod draft;
mod read;
mod template;
#[cfg(test)]
mod tests;

use crate::dialect::Int64;
use crate::format::backoff::Backoff;
use crate::format::shape::Shape;
use crate::json::Value;
use draft::Draft;
pub(super) use read::Reader;
pub(super) use template::Template;

/// Kinds of documents.
const KINDS: usize = 8;
/// Documents that a kind learns from: each costs several times what decoding it does.
const LESSONS: usize = 64;
/// Lessons after which a draft that keeps changing is used all the same.
const ENOUGH: usize = 8;
/// Templates in all.
const TEMPLATES: usize = 64;
/// Bytes of a document that is learned from.
const LONGEST: usize = 64 << 10;
/// Levels that a template has.
const LEVELS: usize = 16;

/// What was learned so far. Numbers of templates count from 1 and keep their meaning.
#[derive(Debug, Default)]
pub(super) struct Learned {
    kinds: Vec<Kind>,
    /// The last two kinds, from 1, of documents with such a beginning.
    guesses: Vec<[u8; 2]>,
    /// The kind of the document before.
    recent: u8,
    templates: Vec<(Template, Int64)>,
    lessons: usize,
}

/// Documents that have most of their names in common.
#[derive(Debug, Default)]
struct Kind {
    draft: Draft,
    /// What the last lesson came to.
    latest: Option<Template>,
    lessons: usize,
    /// Lessons since the template in use was made.
    fresh: usize,
    /// The number of the template in use.
    current: u32,
    backoff: Backoff,
}

/// Kinds, from 1, whose templates were tried, and the templates.
pub(super) type Tried = [Option<(u8, u32)>; 2];

/// Where the kind of a document is looked for: by its first bytes.
#[derive(Clone, Copy)]
pub(super) struct Beginning(usize);

const BEGINNINGS: usize = 64;

impl Beginning {
    /// Of arrays and objects; other documents are not worth it.
    #[inline(always)]
    pub(super) fn of(tail: &[u8]) -> Option<Beginning> {
        let first = *tail.first_chunk()?;
        let hash = u64::from_le_bytes(first).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        matches!(first[0], b'{' | b'[').then_some(Beginning((hash >> 58) as usize % BEGINNINGS))
    }
}

impl Learned {
    /// The templates to try, by kind: at most two, the likelier one first.
    #[inline(always)]
    pub(super) fn candidates(&mut self, beginning: Beginning) -> Tried {
        self.guess(beginning).map(|kind| {
            let k = self.kinds.get_mut(usize::from(kind).wrapping_sub(1))?;
            (k.current != 0 && k.backoff.ready()).then_some((kind, k.current))
        })
    }

    /// The last two kinds of documents with such a beginning, or the last of all.
    #[inline(always)]
    fn guess(&self, beginning: Beginning) -> [u8; 2] {
        match self.guesses.get(beginning.0) {
            Some([0, _]) | None => [self.recent, 0],
            Some(guess) => *guess,
        }
    }

    /// Remembers of which kind a document was.
    #[inline(always)]
    fn remember(&mut self, beginning: Beginning, kind: u8) {
        self.recent = kind;
        if let Some(guess) = self.guesses.get_mut(beginning.0)
            && guess[0] != kind
        {
            *guess = [kind, guess[0]];
        }
    }

    #[inline(always)]
    pub(super) fn template(&self, number: u32) -> Option<&Template> {
        Some(&self.templates.get((number as usize).wrapping_sub(1))?.0)
    }

    /// What the values of a template look like.
    pub(super) fn shape(&self, number: u32) -> Option<Shape> {
        let (template, int64) = self.templates.get((number as usize).wrapping_sub(1))?;
        Some(template.shape(*int64))
    }

    pub(super) fn len(&self) -> usize {
        self.templates.len()
    }

    /// A document was like the template of this kind.
    #[inline(always)]
    pub(super) fn fits(&mut self, beginning: Beginning, kind: u8) {
        if let Some(k) = self.kinds.get_mut(usize::from(kind).wrapping_sub(1)) {
            k.backoff.succeeded();
        }
        self.remember(beginning, kind);
    }

    /// The parser has read a document that no template was tried for, or none was like. Learns from it, if that may help.
    #[inline(never)]
    pub(super) fn unlike(&mut self, beginning: Beginning, tried: Tried, document: &[u8], mode: Int64) {
        let kind = if self.may_learn(beginning, tried) { self.learn(document, mode) } else { None };
        if let Some(kind) = kind {
            self.guesses.resize(BEGINNINGS, [0; 2]);
            self.remember(beginning, kind);
        }
        for (other, _) in tried.into_iter().flatten() {
            // A template isn't to blame for documents of another kind.
            if kind.is_none_or(|kind| kind == other)
                && let Some(k) = self.kinds.get_mut(usize::from(other).wrapping_sub(1))
            {
                k.backoff.failed();
            }
        }
    }

    fn may_learn(&self, beginning: Beginning, tried: Tried) -> bool {
        let waits = tried == [None; 2];
        let guess = self.guess(beginning)[0];
        let likely = self.kinds.get(usize::from(guess).wrapping_sub(1));
        // Of a template that waits for its turn there is nothing to be learned.
        let done = |k: &Kind| k.lessons >= LESSONS || k.draft == Draft::Any || (k.current != 0 && waits);
        self.lessons < KINDS * LESSONS && !likely.is_some_and(done)
    }

    /// The kind of a document, from 1, which has had a lesson.
    fn learn(&mut self, document: &[u8], mode: Int64) -> Option<u8> {
        self.lessons += 1;
        let short = document.len() <= LONGEST;
        let text = std::str::from_utf8(document).ok().filter(|_| short)?;
        let value = Value::parse(text).ok()?;
        let kind = self.kind_of(&value)?;
        self.lesson(kind, &value, mode);
        Some(kind as u8 + 1)
    }

    /// The kind that has half of a document's names, or a new one; nothing where there are enough.
    fn kind_of(&mut self, document: &Value) -> Option<usize> {
        if document.as_object().is_some_and(|entries| entries.is_empty()) {
            return None;
        }
        let same = |k: &Kind| match (document, &k.draft) {
            (Value::Object(entries), draft) => 2 * draft.knows(entries) >= entries.len(),
            (Value::Array(_), Draft::List(_)) => true,
            _ => false,
        };
        let known = self.kinds.iter().position(same);
        if known.is_none() && self.kinds.len() < KINDS {
            self.kinds.push(Kind::default());
            return Some(self.kinds.len() - 1);
        }
        known
    }

    fn lesson(&mut self, kind: usize, document: &Value, mode: Int64) {
        let k = &mut self.kinds[kind];
        if k.lessons >= LESSONS {
            return;
        }
        k.lessons += 1;
        k.fresh += 1;
        k.draft.learn(document, LEVELS);
        let template = Template::of(&k.draft);
        let settled = template == k.latest;
        k.latest = template;
        if !settled && k.fresh < ENOUGH {
            return;
        }
        let Some(template) = k.latest.clone().filter(|_| self.templates.len() < TEMPLATES) else { return };
        let known = self.templates.get((k.current as usize).wrapping_sub(1));
        if known.is_none_or(|(known, _)| *known != template) {
            self.templates.push((template, mode));
            k.current = self.templates.len() as u32;
            k.fresh = 0;
        }
    }
}
