/**
 * The last step of a build: learns how people ask and wish, and keeps it in `dist/learned` (`kernel/kept.ts`), so that no
 * start has to.
 */
import { join } from 'node:path';
import { repositoryRoot } from '../src/kernel/root';
import { loadArticles } from '../src/knowledge/load';
import { similarityOf } from '../src/knowledge/similarity';
import { wished } from '../src/understanding/wished';

for (const locale of ['vi', 'en'])
  similarityOf(loadArticles(join(repositoryRoot(), 'locales', locale, 'faq')));
wished('');
