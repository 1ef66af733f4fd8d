# ORATS strikes by hand: one line a strike, Greeks of the call alone, IV 0 for none, dte that counts the day itself, half days.
cat >new.csv <<C
ticker,tradeDate,expirDate,dte,strike,stockPrice,callVolume,callOpenInterest,callBidSize,callAskSize,putVolume,putOpenInterest,putBidSize,putAskSize,callBidPrice,callValue,callAskPrice,putBidPrice,putValue,putAskPrice,callBidIv,callMidIv,callAskIv,smvVol,putBidIv,putMidIv,putAskIv,residualRate,delta,gamma,theta,vega,rho,phi,driftlessTheta,extSmvVol,extCallValue,extPutValue,spotPrice,updatedAt
IWM,2019-12-23,2019-12-27,5,160,149.67,150,28206,253,510,7,18438,124,104,5.8,5.86,5.9,15.55,15.64,15.7,0.306,0.308,0.309,0.308,0.303,0,0.308,-0.0082,0.3816,0.0153,-0.0476,0.2939,0.1354,-0.1511,-0.05,0.31,5.8,15.6,149.67,2019-12-23 20:46:00
SPX,2019-12-24,2019-12-31,8,3200,3223.4,0,0,0,0,0,1,2,3,0,1.5,0,0.5,0.6,0.7,0,0,0,0.1,0.1,0.1,0.1,0.01,0,0,0,0,0,0,0,0.1,1,1,3222.1,2019-12-24 17:46:00
C
oc-ingest --preset orats-strikes new.csv
cat >old.csv <<C
ticker,cOpra,pOpra,stkPx,expirDate,yte,strike,cVolu,cOi,pVolu,pOi,cBidPx,cValue,cAskPx,pBidPx,pValue,pAskPx,cBidIv,cMidIv,cAskIv,smoothSmvVol,pBidIv,pMidIv,pAskIv,iRate,divRate,residualRateData,delta,gamma,theta,vega,rho,phi,driftlessTheta,extVol,extCTheo,extPTheo,spot_px,trade_date
AAPL,AAPL140118C00500000,AAPL140118P00500000,549.5,1/18/2014,0.05,500,10,20,30,40,49.1,49.5,50,0.5,0.55,0,0.2,0.21,0.22,0.215,0.2,0.21,0.22,0.003,0.01,0.002,0.9,0.01,-0.1,0.2,0.3,-0.3,-0.1,0.2,49,0.5,549.4,12/31/2013
C
oc-ingest --preset orats-strikes-old old.csv
oc-ingest --preset orats-strikes old.csv
