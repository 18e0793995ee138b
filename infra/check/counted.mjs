// A test reporter in one line: how many of the planted mistakes were found. What went wrong is told in full.
export default async function* counted(events) {
  const passed = []
  const failed = []
  for await (const { type, data } of events) {
    if (type === 'test:pass' && data.details.type !== 'suite') passed.push(data.name)
    if (type !== 'test:fail' || !data.name) continue
    failed.push(data.name)
    yield `${data.name}: ${data.details.error?.cause?.message ?? data.details.error?.message}\n`
  }
  const planted = (names) => names.filter((name) => name.startsWith('found: ')).length
  yield `planted mistakes: ${planted(passed)} of ${planted(passed) + planted(failed)} found; ${failed.length} tests failed\n`
}
