//! Reading documents, working on them in order and in bounded memory, writing them.
