import { expect } from 'chai';
import fc from 'fast-check';
import { strftime } from '../../lib/config/strftime.ts';

const DATE = new Date(2026, 0, 3, 15, 4, 9);

describe('strftime', () => {
  for (const [template, expected] of [
    ['%H:%M:%S', '15:04:09'],
    ['%d %b %Y', '03 Jan 2026'],
    ['%a %A %B %e', 'Sat Saturday January  3'],
    ['%j %y %m %p %I', '003 26 01 PM 03'],
    ['%F %T|%R|%D', '2026-01-03 15:04:09|15:04|01/03/26'],
    ['%n%t%%', '\n\t%'],
    ['%c', 'Sat Jan  3 15:04:09 2026'],
    ['%u %w %V %G %U %W %C %h %k %l', '6 6 01 2026 00 00 20 Jan 15  3'],
    ['%Q %', '%Q %'],
    ['%%H', '%H'],
  ] as const) {
    it(`makes ${JSON.stringify(expected)} of ${template}`, () => {
      expect(strftime(template, DATE)).to.equal(expected);
    });
  }

  it('says the zone and the seconds since the epoch', () => {
    expect(strftime('%z', DATE)).to.match(/^[+-]\d{4}$/);
    expect(strftime('%Z', DATE)).to.not.equal('');
    expect(strftime('%s', DATE)).to.equal(String(DATE.getTime() / 1000));
  });

  it('throws at nothing', () => {
    expect(strftime('%H', new Date(Number.NaN))).to.equal('');
    fc.assert(
      fc.property(fc.string(), fc.date({ noInvalidDate: true }), (template, date) => {
        strftime(template, date);
      }),
    );
  });
});
